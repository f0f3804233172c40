"""The one error a caller of the engine may have to show to a person."""


class ProblemError(ValueError):
    """An input that cannot be computed with.

    The message is a sentence: where it is, what is wrong, how to mend it. It is raised when a
    problem is built, never while it is solved.
    """
