"""The parts of the quadrant chart: points, axes, layers, handles and gestures."""
