-- Travellers can register their entry now (0010), so entry channels ask for it, as the default policy says.

update admission_policies set requires_entry_registration = true
where kind in ('entry_channel', 'railway_station', 'coach_station', 'airport', 'motorway_check', 'port');
