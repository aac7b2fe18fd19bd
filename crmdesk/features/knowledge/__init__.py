"""What values stand on: the facts of each customer, the judgement of the owner, the evidence of models."""
