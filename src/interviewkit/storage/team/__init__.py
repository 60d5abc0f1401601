"""What the records keep of a team: membership, what goes out, what came in, who vouches for it."""
