-- in steps
with unfilled as (select person_id from persons where registered_on is null order by person_id limit 5000)
update persons p set registered_on = (p.registered_at at time zone 'Asia/Shanghai')::date
from unfilled u where p.person_id = u.person_id;
