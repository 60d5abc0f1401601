"""Files that other people and programs made, read into what interviewkit keeps."""
