-- What went into a case is looked up with it: its evidence, its pictures, its acts. Crash window: none; one transaction.

create index incident_by_merged_into on fenghuo.incident ((doc ->> 'mergedInto')) where doc ->> 'mergedInto' is not null;
