-- Faults of the rulebook on disk are told in both languages. Crash window: none; those seen before stand as they were said until
-- the file is seen changed.

update fenghuo.rulebook_file set errors = (
  select jsonb_agg(fault || jsonb_build_object(
    'message', jsonb_build_object('zh', fault->'message', 'en', fault->'message')) order by no)
  from jsonb_array_elements(errors) with ordinality as each (fault, no))
where errors <> '[]';
