"""Claims to topics: which claims are about the same thing, and which stem from one passage."""

from consistency.topics.cluster import cluster, explain
from consistency.topics.origins import find_origins
from consistency.topics.settings import TopicSettings

__all__ = ["TopicSettings", "cluster", "explain", "find_origins"]
