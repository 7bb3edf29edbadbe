"""Structure: from lines to blocks with a role, from blocks to statements under their section."""
