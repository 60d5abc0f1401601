"""Banks that build on another bank: merging them, and what an override must hold."""
