"""Cause families and what treats them: one row each, in the words that people write.

A row reads: this is the fault; these phrases name it as a cause; a step that holds a word with one
of these beginnings treats it. The last part is wide on purpose: a step that so much as speaks of
the subject, and does more than watch, counts as a treatment. So a finding is rare and a silence
proves nothing: "no step found that ...".

The annotations are no text here (no ``from __future__``): a `NamedTuple` compiles each that is.
"""

from impactcalc.named import NamedTuple


class Family(NamedTuple):
    """One kind of cause.

    Parameters
    ----------
    name
        The fault in words, as it follows "no step found that treats".
    causes
        Phrases in small letters that name it: all parts of one stand in the sentence
        (``"disk + full"``: both, in any order).
    cures
        Beginnings of words, in a step that treats it.
    """

    name: str
    causes: tuple[tuple[str, ...], ...]
    cures: tuple[str, ...]


def _family(name: str, causes: str, cures: str) -> Family:
    """Read a row: phrases end at semicolons, beginnings of words at blanks."""
    phrases = tuple(tuple(phrase.split(" + ")) for phrase in causes.split("; "))
    return Family(name, phrases, tuple(cures.split()))


def beginnings(words: str) -> tuple[str, ...]:
    """Cut a row of beginnings of words."""
    return tuple(words.split())


_SOFTWARE = (
    " fix hotfix patch upgrad updat rollback revert downgrad redeploy deploy releas version rewrit "
    "refactor disabl vendor workaround correct restart reboot recycl ship install"
)
"""What mends a program, whatever is wrong with it."""

_ROOM = " scal add capacit resiz limit throttl shed expand extend increas rais doubl larger second"
"""What gives a store or a service more room."""

FAMILIES = (
    _family(
        "the network fault",
        causes="network partition; network split; packet loss; packets lost; dropped packets; "
        "connectivity loss; loss of connectivity; intermittent connectivity; "
        "lost connectivity; link flap; flapping link; network outage; network instability; "
        "unstable network; network interruption; network failure; network fault; "
        "network congestion; fibre cut; fiber cut; cable cut; route leak; routing loop; bgp; "
        "mtu mismatch; carrier outage; network + flap; link + down; line + down; "
        "connection between + lost; wan + loss",
        cures="engineer technician mpls exchang peer line wan lan carrier modem network link rout "
        "rerout connectiv cabl fibre fiber carrier provider peering mtu "
        "bgp "
        "switch router firewall tunnel vpn circuit interfac nic zone az region failover "
        "isolat packet bandwidth transceiver subnet ports interconnect telecom quarantin "
        "evacuat",
    ),
    _family(
        "the lack of disk space",
        causes="disk full; disk is full; disks full; volume full; volume is full; out of disk; "
        "no space left; disk space exhaust; ran out of space; storage exhausted; "
        "filled the disk; disk filled; filesystem full; volume + filled; disk + filled; "
        "disk + full; storage + full; partition + full",
        cures="housekeep log trim disk volum space storag extend expand purg clean delet archiv "
        "retention rotat "
        "compact compress mov resiz truncat tier shrink prun evict vacuum remov free quota "
        "drop",
    ),
    _family(
        "the lack of memory",
        causes="memory leak; leaks memory; out of memory; out-of-memory; oom kill; oom-kill; "
        "heap exhaust; memory exhaust; memory pressure; memory fragmentation; heap + full; "
        "memory + leak; memory + used up; buffer pool too small",
        cures="memory heap leak oom gc garbag jvm cach ram swap" + _ROOM + _SOFTWARE,
    ),
    _family(
        "the overload",
        causes="overload; cpu saturat; saturated; cpu exhaust; undersized; under-provisioned; "
        "underprovisioned; traffic spike; thundering herd; retry storm; capacity exhausted; "
        "cpu starvation; connection storm; too few workers; too few instances; too few nodes; "
        "cpu + 100%; demand + doubled; autoscal + not; autoscaler ignores; "
        "autoscaling disabled",
        cures="failover cpu load balanc distribut node instanc queue pool optimi tun block filter "
        "quota waf "
        "cach back retr traffic rat spread mov split reduc stop paus autoscal" + _ROOM + _SOFTWARE,
    ),
    _family(
        "the certificate",
        causes="certificate expired; expired certificate; certificate has expired; "
        "certificate was not renewed; certificate lapsed; cert expired; expired cert; "
        "certificate + expir; certificate + rotated; certificate + not trust; tls + expir",
        cures="install acme certific cert trust renew reissu rotat key metadata pki "
        "tls ssl keystor chain",
    ),
    _family(
        "the name resolution",
        causes="dns fail; dns resolution; dns outage; dns misconfig; dns record; name resolution; "
        "resolver fail; dns + wrong; dns + stale; dns + timeout; dns + not",
        cures="correct fix entr point repoint restor dns record zone resolv ttl nameserver cach "
        "domain hosts delegat",
    ),
    _family(
        "the hardware fault",
        causes="hardware fail; hardware fault; faulty hardware; disk failure; failed disk; "
        "faulty disk; disk failed; defective; failing ssd; faulty memory module; faulty dimm; "
        "raid degraded; degraded raid; controller failure; faulty controller; "
        "power supply fail; broken fan; lost their disks; faulty switch; faulty line card; "
        "disk + died; disk + broke; node + died; drive + fail; battery + fail; board + fail",
        cures="deliver engineer card board replac swap hardwar disk raid spar migrat "
        "evacuat drain vendor technician part rma "
        "mov rebuild firmwar controller node host failover remov install",
    ),
    _family(
        "the power or cooling fault",
        causes="power outage; power loss; power failure; power cut; ups fail; cooling fail; "
        "overheat; "
        "loss of power; lost power; chiller fail",
        cures="engineer electric batter fan technician power ups generator cool chill temperatur "
        "failover relocat site circuit feed shut "
        "mov data-centre datacenter evacuat",
    ),
    _family(
        "the corruption",
        causes="corruption; corrupted; corrupt data; checksum mismatch; checksum error; bit rot; "
        "inconsistent data; index + corrupt; table + corrupt; file + corrupt",
        cures="corrupt repair restor rebuild resync reseed backup recover reload replay reindex "
        "checksum import replac reconcil purg delet recreat correct clean regenerat resend "
        "wal",
    ),
    _family(
        "the replication fault",
        causes="replication lag; replica lag; replication broken; replication stopped; "
        "replication failure; replicas out of sync; replica out of sync; replication stalled; "
        "lagging replica; under-replicated; replica + behind; standby + behind; oplog window; "
        "standby + out of sync; replication slot",
        cures="replica replicat standby resync sync rebuild reseed catch vacuum transaction "
        "reassign bandwidth network disk slot wal paus throttl partition",
    ),
    _family(
        "the leader elections",
        causes="leader election; election fail; election storm; quorum lost; lost quorum; "
        "loss of quorum; split brain; split-brain; controller election; primary stepped down; "
        "primary steps down; leader + lost; majority not reachable; no majority",
        cures="leader elect quorum rebalanc restart raft zookeeper controller failover consensus "
        "coordinat witness arbiter member network partition clock timeout etcd",
    ),
    _family(
        "the lock contention",
        causes="deadlock; lock contention; lock wait; blocking transaction; table lock; "
        "long-running transaction; long running transaction; locks held",
        cures="lock transaction terminat kill index isolat timeout query batch session vacuum "
        "split "
        "shorten mov mount job cancel partition queu stop",
    ),
    _family(
        "the slow query plan",
        causes="missing index; full table scan; full scan; query plan; execution plan; "
        "stale statistics; outdated statistics; plan regression; unindexed",
        cures="index quer plan statistic analyz analys hint rewrit optimi vacuum tun sql pin"
        + _SOFTWARE,
    ),
    _family(
        "the exhausted connections",
        causes="connection pool; pool exhaust; too many connections; connection leak; "
        "connection limit; out of connections; session handles; file descriptors; "
        "ephemeral ports; thread pool; port exhaustion; handles exhausted; pool + exhaust; "
        "pool + too small; out of + handles; out of + threads; connections + exhaust",
        cures="pool connect handl descriptor ports thread leak session timeout clos"
        + _ROOM
        + _SOFTWARE,
    ),
    _family(
        "the defect in the program",
        causes="software bug; software defect; race condition; null pointer; code regression; "
        "faulty release; bad release; defect in; bug in; regression in; vendor bug; "
        "software fault; infinite loop; endless loop; unhandled exception",
        cures="bug defect regress race flag test build cod feature mitigat turn" + _SOFTWARE,
    ),
    _family(
        "the wrong setting",
        causes="misconfig; wrong setting; configuration error; wrong configuration; "
        "incorrect configuration; incorrect setting; bad configuration; wrong parameter; "
        "configuration drift; wrong value; default + too low; timeout too short; "
        "timeout too low; limit too low; setting + wrong; config + wrong; rule + too strict",
        cures="config setting parameter rul list limit tun adjust chang restor threshold polic "
        "valu "
        "align apply set enabl reload" + _SOFTWARE,
    ),
    _family(
        "the supplier's fault",
        causes="third-party outage; third party outage; upstream outage; upstream provider; "
        "vendor outage; supplier outage; provider outage; outage at the provider; "
        "outage of the payment provider; provider + down; vendor + down; supplier + down; "
        "provider + unavailable; third party + unavailable",
        cures="wait ask inform vendor provider supplier third upstream fallback alternativ "
        "escalat ticket switch "
        "circuit breaker workaround rout rerout queue retr cach failover partner second "
        "contact call engag bypass",
    ),
    _family(
        "the cache fault",
        causes="cache stampede; cache eviction; stale cache; hot key; cold cache; cache poisoning; "
        "cache miss; cache not warmed; cache + not warm; cache + stale; cache keys changed",
        cures="cach key evict flush warm ttl memory pool split shard bucket pin clear" + _SOFTWARE,
    ),
    _family(
        "the backlog",
        causes="consumer lag; queue full; queue overflow; poison message; growing backlog; "
        "queue backlog; backlog of; queue + full; queue + blocked; consumers + stopped; "
        "workers + stopped",
        cures="queue consumer drain backlog replay partition lag messag topic worker dead clear "
        "batch resend process" + _ROOM + _SOFTWARE,
    ),
    _family(
        "the collection pauses",
        causes="gc pause; garbage collection pause; full gc; stop-the-world; garbage collection",
        cures="gc garbag heap memory jvm tun collect restart object upgrad collector java",
    ),
    _family(
        "the uneven load",
        causes="hot shard; hot partition; hotspot; hot spot; unbalanced; imbalance; data skew; "
        "skewed; uneven distribution; concentrated on one; one shard + load; unevenly",
        cures="rebalanc split shard spread redistribut key balanc mov repartition reassign "
        "partition bucket salt distribut scal",
    ),
    _family(
        "the clock",
        causes="clock skew; clock drift; ntp fail; time drift; clocks out of sync; clocks drift; "
        "clock + drift; clock + ahead; clock + behind; ntp + not",
        cures="clock ntp chron tim synchron resync",
    ),
    _family(
        "the attack",
        causes="ddos; brute force; credential stuffing; ransomware; malware; intrusion; "
        "denial of service; denial-of-service; bot traffic; scraping; flood of requests",
        cures="block waf filter scrub rat limit captcha reset isolat mitigat patch shed bot restor "
        "clean quarantin rotat revok firewall provider geo ban rebuild wip drop",
    ),
    _family(
        "the lapsed access",
        causes="expired key; key expired; expired token; token expired; expired credentials; "
        "credentials expired; revoked credentials; missing permission; "
        "permissions were removed; password expired; secret expired; token + expir; "
        "key + revoked; secret + expir; password + expir; account + locked; "
        "permission + missing; role + missing",
        cures="creat generat updat issu unlock key credential permission token secret rotat renew "
        "grant rol reissu polic access "
        "password restor re-enabl login account",
    ),
    _family(
        "the licence or quota",
        causes="licence expired; license expired; expired licence; expired license; quota "
        "exceeded; "
        "quota exhausted; licence limit; license limit; rate limit exceeded; licence + expir; "
        "license + expir; quota + reached; licence + counts; subscription + expir",
        cures="activat purchas licen quota limit rais renew extend increas buy vendor rat "
        "throttl request",
    ),
    _family(
        "the single point of failure",
        causes="single point of failure; no redundancy; lack of redundancy; no failover; no "
        "standby",
        cures="redundan second replica standby zone failover spread add spar cluster mirror third "
        "region multi introduc build",
    ),
)

WATCHING = beginnings(
    "detect monitor alert alarm watch observ dashboard logging metric notif probe telemetr"
)
"""Beginnings of words of a step that only watches."""

MENDING = beginnings(
    "repair fix hotfix restor replac rerout failover rebuild revert rollback patch restart reset "
    "resync swap isolat remed mitigat correct remov terminat"
)
"""Beginnings of words that make a step more than watching."""

TALKING = beginnings("post-mortem postmortem document inform communicat debrief retrospect apolog")
"""Beginnings of words of a step that changes nothing in the service."""

PREPARING = beginnings(
    "review plan schedul train rehears test verif confirm check agree announc ask offer provid"
)
"""Beginnings of a first word of a step that only prepares or talks."""

SOFTWARE = beginnings(_SOFTWARE)
"""What mends a program: such a step may be meant for any fault of it, and treats no other."""

DOING = MENDING + beginnings(
    "mov switch migrat add chang deploy upgrad updat disabl enabl clean clear scal extend expand "
    "increas rais rebalanc renew reissu escalat engag contact call ticket investigat analys trac "
    "work resolv done complet finish solv recover implement install being under progress"
)
"""Beginnings of words by which a sentence outside the plan speaks of treating something."""
