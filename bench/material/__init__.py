"""What the benchmarks share: real passages and questions, vectors, and how a process is measured."""
