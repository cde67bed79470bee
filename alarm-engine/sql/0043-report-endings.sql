-- Reports that were kept say nothing of who was late and of how the case ended; both stay unknown in them. Crash window:
-- none; one transaction.
update fenghuo.case_report set doc = doc || jsonb_build_object('ending', null, 'deadlines', (
    select coalesce(jsonb_agg(deadline || '{"holder": null, "reason": null}' order by place), '[]')
    from jsonb_array_elements(doc -> 'deadlines') with ordinality as of (deadline, place)))
  where doc is not null;
