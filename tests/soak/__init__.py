"""Commands that share one cache for a long time: two renders, a batch and stills, again and again.

    PYTHONPATH=tests python -m soak                 for ten minutes
    PYTHONPATH=tests python -m soak --minutes 60

In every third round the cache is emptied while they run, and in every fourth one of the renders is killed.
Every film and every still has to be what an undisturbed cache gives, and nothing may be left behind.
"""
