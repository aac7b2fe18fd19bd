"""Patterns in what customers buy: few and many, rhythm, baskets, demand, steadiness, resistance."""
