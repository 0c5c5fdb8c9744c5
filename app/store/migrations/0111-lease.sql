-- Which process does a background job, and until when. After that any other process may.
create table lease (
  name   text primary key,
  holder text not null,
  until  timestamptz not null
);

-- Training has a lease like every other job.
drop table estimate_claim;
