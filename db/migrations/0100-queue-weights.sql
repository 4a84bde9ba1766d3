-- The delivered weights of the queue's order are others: what is open finds its place anew when the product starts.
insert into queue_review (id) values ('00000000-0000-7000-8000-000000000100');
