"""Floor 8: Osler measured from outside, through ``service``, on question sets that anyone can supply."""
