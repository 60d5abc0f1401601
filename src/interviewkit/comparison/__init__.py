"""The recruiter's room: what several interviewers' ratings say of several candidates."""
