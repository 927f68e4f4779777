"""A Spark cluster, or Spark on this computer: an engine for the stages (`engine`), and a flow over Parquet (`flow`).

`session` starts or finds Spark. Everything else is functions of the stages, which are the only ones that know claims.
Needs the extra `spark` (pyspark, pandas, pyarrow) and Java 17 or newer.
"""
