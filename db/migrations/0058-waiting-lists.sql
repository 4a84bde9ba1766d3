-- Tables that are filled and emptied all day are swept after so many rows, however large they once were: a look at
-- what waits walks over all that is gone and not yet swept away.

alter table reaction set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
alter table measure_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
alter table mail set (autovacuum_vacuum_scale_factor = 0.02);
