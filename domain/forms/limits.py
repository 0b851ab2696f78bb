"""What is bounded so that no form and no answer can take a server away from everybody else."""

MOST_INSTANCES = 200  # of one repeat under one parent, whatever a count says
MOST_NODES = 20_000  # of one form
