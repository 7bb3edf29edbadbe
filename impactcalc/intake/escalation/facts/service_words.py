"""The words that make a service's name, end it, or are none of it: a new word is one entry."""

from __future__ import annotations

from impactcalc.intake.escalation.words.vocabulary import word_set

HEADS = word_set(
    "api apis cluster clusters service services platform portal engine provider gateway gateways "
    "database databases cache caches system systems app application archive store storage registry "
    "pipeline pipelines warehouse vpn crm erp cdn queue broker website shop centre center suite "
    "endpoint endpoints proxy bus saas tenant backend network exchange hub marketplace switch "
    "messaging configurator checkout telephony authentication module interface website web-shop "
    "webshop repository ledger kiosk kiosks planner tracker dashboard dashboards terminals "
    "intranet "
    "extranet login sign-in mail e-mail email integration streaming ticketing feeds hosting server "
    "servers sync telemetry middleware scanner clients library engines apps portals websites "
    "vault "
    "directory scheduler index lake mesh ingress firewall controller dns pbx trunk stack tool "
    "cloud software product connector bot assistant chatbot model router feed search mailbox "
    "workspace relay calendar catalogue catalog console viewer"
)
"""Nouns that end the name of a product or platform."""
STOPS = word_set(
    "the a an their our your his her its this that these those of on in at by for from with and or "
    "priority second third target "
    "to into behind via through over under is are was were has have had be been not no all any "
    "some "
    "when while because since after before during as than then which who whose where every each "
    "customer client reported reports report sees see says use uses using used cannot keeps runs "
    "one two three four five six seven eight nine ten called named we will i you should must may "
    "might can there here what how new slow failing "
    "own escalation escalations incident re fwd subject minutes handover "
    "broken new old whole entire about against between across another other others different"
)
"""Words that no name of a service holds."""
GENERAL = word_set(
    "customer client users user people staff problem issue incident trouble cause fault "
    "error errors "
    "outage team situation case ticket following reason fix plan page call number status contact "
    "whole first second last next same other rest only most many some new current latest question "
    "company firm hospital bank group caller director manager head lead cio cto ceo "
    "account account's "
    "disturbance disruption failure escalation impact effect update message mail request delay "
    "latency contract tone loss time wait response mood answer rate timeline credit credits "
    "discount penalty fee fees price agreement deadline meeting plan sentiment renewal"
)
"""Words for people, papers and trouble, which are no service."""
VERBS = word_set(
    "is are was were has have had does do did cannot can could will would rejects reject "
    "drops drop "
    "fails fail returns return answers answer needs need runs run hangs hang stops stopped crashes "
    "crashed loses lost keeps takes took went goes shows gives responds does doesn't isn't freezes "
    "froze times loads misses delivers times-out stalls breaks broke became gets got refuses "
    "adds add added used using runs on moves moved makes made "
    "drops dropped rejected failed delays delayed locks accepts sends"
)
"""What services do, and what is done with them."""
PAPERS = word_set(
    "agreement agreements contract contracts desk level levels manager managers team teams owner "
    "administrator administrators lead engineer engineers provider providers credit credits window "
    "hours fee fees review operator operators technician technicians staff department "
    "report reports reviews summary request requests ticket tickets bulletin notice management"
)
"""What a service may belong to, and fail not: ``service agreement``, ``platform team``."""
