"""The dates of a network. What the engine is built of is loaded by the first schedule computed."""

from app.core.schedule.network import Network, Schedule


def computed(network: Network) -> Schedule:
    """`compute` of the engine, with what it raises."""
    # The engine calculates with numpy, a tenth of all modules: a window is shown without.
    from app.core.schedule.cpm import compute

    return compute(network)
