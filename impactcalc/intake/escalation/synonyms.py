"""Labels of the forms of many tools and houses, German ones among them: a new one is one entry."""

from __future__ import annotations

SYNONYMS: dict[str, str] = {
    "id": "our no; our number; your ref; your reference; ticket/case; case/ticket; sr; "
    "sr number; sr no; service request; service request number; issue key; jira key; "
    "jira; external id; external ref; external reference; record number; record id; "
    "docket; docket no; call no; call number; job no; log no; log number; ref no; "
    "ref number; ref id; case key; ticket key; incident key; incident #; "
    "customer ticket; case file; file no; matter no; claim no; vorgang; vorgangsnummer; "
    "vorgangs-nr; ticketnummer; ticket-nr; fallnummer; aktenzeichen; "
    "st\u00f6rungsnummer; referenz; nummer; escalation key; escalation #; "
    "escalation ref no; incident reference; internal reference; internal ref; "
    "internal ticket; esc no; esc number; esc #; sd number; ticket identifier; "
    "case identifier; incident identifier; identifier",
    "customer": "company name; account/company; client/account; customer/tenant; customer org; "
    "requester organization; requester organisation; requester company; "
    "requesting organization; requesting organisation; requesting company; org; "
    "end client; client organisation; client organization; customer organisation; "
    "customer organization; customer company; licensee; on behalf of; reporting company; "
    "reporting customer; concerned customer; customer concerned; client concerned; "
    "customer affected; account affected; impacted customer; impacted account; "
    "impacted client; affected client; affected tenant; affected company; kunde; "
    "kundenname; auftraggeber; firma; mandant; betroffener kunde; kundin; unternehmen; "
    "client/customer; customer (legal name); which customer; customer/client; "
    "organization name; legal entity",
    "service": "component/s; components; service/component; system concerned; concerned system; "
    "concerned service; service concerned; product concerned; business application; "
    "app name; service offering; impacted product; impacted application; "
    "impacted component; product line; application name; system name; platform name; "
    "asset name; cmdb ci; affects; affected ci name; what is affected; "
    "what is concerned; dienst; anwendung; produkt; komponente; plattform; "
    "betroffenes system; betroffener dienst; betroffene anwendung; betroffenes produkt; "
    "product and module; product/module; product & module; system/service; "
    "service/system; application/service; service impacted; system impacted; primary ci; "
    "configuration item (ci); service line; product family; affected functionality; "
    "affected feature; service in question; product in question; app; which system; "
    "which service; which product",
    "subject": "kurzbeschreibung; betreff; titel; what goes wrong; what is going wrong; "
    "issue type; ticket subject; case subject; ticket title; case title; incident title; "
    "short text",
    "priority": "sev-level; severity class; incident class; prio.; sev.; priorit\u00e4t; "
    "schweregrad; dringlichkeit; priority code; priority (customer); customer priority; "
    "business priority; initial priority; severity rating; severity code; "
    "severity (ours); case urgency; importance",
    "status": "workflow state; workflow status; lifecycle state; lifecycle status; ticket/state; "
    "record state; record status; issue status; issue state; request status; "
    "request state; zustand; aktueller status; aktueller stand; bearbeitungsstand; "
    "status aktuell; current condition; system status; service status; service state; "
    "situation status; stand; status (customer); state of affairs; resolution status; "
    "state/status; status/state",
    "created": "date of report; date/time opened; opened (date); received; received on; submitted; "
    "submitted on; submitted at; date received; date submitted; ticket date; case date; "
    "entered; entered on; incident start; incident began; outage start; started at; "
    "occurred; occurred on; occurred at; date of incident; incident date; first report; "
    "first reported on; date logged; logged at; notified; notified on; report date; "
    "reported date; reported time; open time; opened time; created time; created date; "
    "created date/time; date/time created; issue opened; issue created; time created; "
    "time reported; time raised; date and time opened; notification; erstellt; "
    "erstellt am; er\u00f6ffnet; er\u00f6ffnet am; gemeldet; gemeldet am; angelegt am; "
    "angelegt; eingegangen; eingang; beginn; st\u00f6rungsbeginn; gemeldet um; onset; "
    "begin date; start date",
    "escalated": "eskaliert; eskaliert am; eskaliert seit; escalated to management; "
    "escalated date; raised to management; escalation start; escalation created; "
    "escalation created on; escalation time stamp; date/time escalated; "
    "escalated time; escalation received; "
    "handed up; escalation on; moved to escalation; escalated (date); escalation (date); "
    "eskalation am; escalation entered; escalation requested; escalation requested on; "
    "escalation began; escalation started; escalation date/time; escalation since; "
    "last escalated; first escalated",
    "users": "head-count; headcount; head count; concerned; persons; persons affected; "
    "no. of users; persons concerned; staff concerned; number affected; "
    "number of people affected; number of people; number of affected people; "
    "end users affected; seats affected; user count; impacted staff; impacted people; "
    "impacted persons; affected persons; affected population; betroffene; "
    "betroffene nutzer; betroffene anwender; betroffene personen; nutzer; anwender; "
    "anzahl nutzer; anzahl betroffener; anzahl betroffene; anzahl der betroffenen; "
    "betroffene user; workforce affected; employees impacted; employees concerned; "
    "people impacted; people hit; users hit; users (affected); users (impacted); "
    "impact (users); impact on users; users/people; people without access; "
    "number impacted; how many people are affected; affected headcount; affected seats; "
    "user base affected; population affected; customers hit; customers concerned",
    "revenue": "gef\u00e4hrdeter umsatz; umsatzrisiko; umsatz in gefahr; at-risk revenue; "
    "turnover risk; revenue/hour; revenue per hour; revenue per week; revenue per month; "
    "income at risk; fees at risk; margin at risk; takings at risk; amount at risk; "
    "business impact (money); financial risk; money per day; money per hour; "
    "estimated financial impact; est. revenue at risk; est revenue at risk; "
    "revenue impact/day; potential revenue loss; financial impact per day; "
    "daily exposure; hourly exposure; revenue exposed; business exposure; rar; "
    "value per day",
    "sla": "verf\u00fcgbarkeit; zugesagte verf\u00fcgbarkeit; vertragliche verf\u00fcgbarkeit; "
    "availability agreed; vereinbarte verf\u00fcgbarkeit; sla verf\u00fcgbarkeit; "
    "contract availability; sla percentage; sla %; uptime %; availability %; "
    "availability in the contract; availability in contract; sla terms; "
    "service level (availability); sla commitment; sla agreement; sla availability; "
    "sla (uptime); sla uptime target; availability commitment (sla); contractual sla; "
    "contracted sla; agreed sla",
    "level": "eskalationsstufe; eskalationslevel; esc level; esc. lvl; escalation stage; tier; "
    "stufe; escalation lvl; esc lvl; escalation tier level; level of escalation; "
    "management level",
    "nodes": "knoten; cluster knoten; node total; total nodes; nodes total; nodes in cluster; "
    "nodes in the cluster; cluster nodes (total); no. of nodes",
    "zones": "az; number of azs; az count; no. of azs; no. of availability zones; zone count",
    "replication": "replicas factor; replication; replikationsfaktor; replication (rf)",
    "errors": "fehlerquote; fehlerrate; error percentage; failed share; failure share; "
    "failure ratio; drop rate; rejection rate; reject rate; rejected requests; "
    "failing share; share failing; failing calls; failed calls; failed transactions; "
    "failing transactions; failure percentage; transaction failure rate; api error rate; "
    "http error rate; errors now; error rate now",
    "normal": "normal value; reference value; usual value; response time usual; response (normal); "
    "response normal; normal response; usual response; antwortzeit normal; "
    "normale antwortzeit; response time baseline; baseline response time; "
    "typical latency; typical response time",
    "now": "response (now); present latency; present response time; observed latency; "
    "antwortzeit; observed response time; measured response time; antwortzeit jetzt; "
    "antwortzeit aktuell; current response; response current; latency observed; "
    "latency measured; latency (current)",
    "fee": "monatliche geb\u00fchr; monatsgeb\u00fchr; monatspreis; monthly amount; "
    "monthly value; mtl. geb\u00fchr; monthly contract value; monthly billing; "
    "billed monthly; monthly bill; monthly cost; monthly licence fee; "
    "monthly license fee; monthly recurring; recurring monthly; fee/month; "
    "monthly recurring revenue; subscription per month; subscription/month; "
    "monthly licence",
    "arr": "arr (account); account value (arr); arr of account; annualized recurring revenue; "
    "annualised recurring revenue",
    "renewal": "vertragsverl\u00e4ngerung; verl\u00e4ngerung; n\u00e4chste verl\u00e4ngerung; "
    "renewal month; renewal day; subscription renewal; subscription renewal date; "
    "contract renewal on; renewal falls on; upcoming renewal; renewal (contract); "
    "date of renewal; licence renewal; license renewal",
}
