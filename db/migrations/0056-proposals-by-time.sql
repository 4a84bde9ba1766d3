-- A storm of reports asks again and again which of them are proposed already.
create index incident_proposal_at on incident_proposal (kind, at);
