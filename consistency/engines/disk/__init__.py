"""A whole run by several processes of this computer over files, for more claims than memory should hold.

`flow` has the stages in order: `reading`, `texts`, `stories`, `copies`, `claims`, `judging`, `report`. `spool` and
`meeting` are the files, `joined` the sets of claims, `between` and `copies_found` what one stage hands to a later one.
Everything a stage decides comes from below (`pipeline`, `archive.scatter` and what they rest on); nothing here is known
to Spark's flow, nor it to this.
"""
