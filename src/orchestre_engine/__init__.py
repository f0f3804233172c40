"""Pure computations of Orchestre: frozen inputs in, typed results out."""

ENGINE_VERSION = "1.0.0"
