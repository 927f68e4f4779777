"""Topics as a graph, for people who look at them with networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consistency.model import Clustering

if TYPE_CHECKING:
    import networkx


def claim_graph(clustering: Clustering) -> networkx.Graph[Any]:
    """Claims as nodes (attribute topic), the links that joined them as edges (score, evidence: weight by name).

    The connected components are the topics: each topic holds the links that made it, and no link leaves one.
    """
    import networkx as nx

    graph: nx.Graph[Any] = nx.Graph()
    for topic in clustering.topics:
        graph.add_nodes_from(topic.claims, topic=topic.id)
        for link in topic.links:
            evidence = {e.name: e.weight for e in link.evidence}
            graph.add_edge(link.a, link.b, score=link.score, evidence=evidence)
    return graph
