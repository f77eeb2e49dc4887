CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE load_runs (
	id INTEGER NOT NULL, 
	started_at TEXT NOT NULL, 
	finished_at TEXT, 
	status TEXT NOT NULL, 
	version TEXT NOT NULL, 
	command TEXT NOT NULL, 
	host TEXT NOT NULL, 
	pid INTEGER NOT NULL, 
	pages_seen INTEGER NOT NULL, 
	loaded INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	superseded INTEGER NOT NULL, 
	rejected INTEGER NOT NULL, 
	error TEXT, 
	CONSTRAINT pk_load_runs PRIMARY KEY (id), 
	CONSTRAINT ck_load_runs_status CHECK (status IN ('running', 'succeeded', 'failed', 'interrupted'))
);

CREATE TABLE source_files (
	id INTEGER NOT NULL, 
	uri TEXT NOT NULL, 
	size INTEGER, 
	modified_at TEXT, 
	state TEXT NOT NULL, 
	last_record TEXT, 
	error TEXT, 
	uri_sha256 BLOB NOT NULL, pruned_at TEXT, etag TEXT, 
	CONSTRAINT pk_source_files PRIMARY KEY (id), 
	CONSTRAINT ck_source_files_state CHECK (state IN ('new', 'partial', 'done', 'incomplete')), 
	CONSTRAINT uq_source_files_uri_sha256 UNIQUE (uri_sha256)
);

CREATE TABLE publishers (
	id INTEGER NOT NULL, 
	domain TEXT NOT NULL, 
	name TEXT, 
	time_zone TEXT, 
	language TEXT, 
	CONSTRAINT pk_publishers PRIMARY KEY (id), 
	CONSTRAINT ck_publishers_domain_bounded CHECK (length(domain) <= 200), 
	CONSTRAINT uq_publishers_domain UNIQUE (domain)
);

CREATE TABLE authors (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	CONSTRAINT pk_authors PRIMARY KEY (id), 
	CONSTRAINT ck_authors_kind CHECK (kind IN ('person', 'organization')), 
	CONSTRAINT ck_authors_name_key_bounded CHECK (length(name_key) <= 200), 
	CONSTRAINT uq_authors_name_key UNIQUE (name_key)
);

CREATE TABLE tags (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	slug TEXT NOT NULL, 
	CONSTRAINT pk_tags PRIMARY KEY (id), 
	CONSTRAINT ck_tags_slug_bounded CHECK (length(slug) <= 200), 
	CONSTRAINT uq_tags_slug UNIQUE (slug)
);

CREATE TABLE articles (
	id INTEGER NOT NULL, 
	publisher_id INTEGER, 
	"key" TEXT NOT NULL, 
	url TEXT, 
	title TEXT NOT NULL, 
	subtitle TEXT, 
	section TEXT, 
	language TEXT, 
	published_at TEXT, 
	published_date DATE, 
	published_precision TEXT, 
	published_text TEXT, 
	updated_at TEXT, 
	updated_text TEXT, 
	time_zone_source TEXT, 
	body TEXT NOT NULL, 
	word_count INTEGER NOT NULL, 
	body_sha256 TEXT NOT NULL, 
	access TEXT, 
	origins JSON NOT NULL, 
	revision INTEGER NOT NULL, 
	first_loaded_at TEXT NOT NULL, 
	last_loaded_at TEXT NOT NULL, 
	page_id INTEGER, 
	fetched_at TEXT, 
	adoption_key TEXT NOT NULL, 
	key_sha256 BLOB NOT NULL, 
	url_sha256 BLOB, 
	content_sha256 BLOB NOT NULL, published_utc_offset INTEGER, updated_utc_offset INTEGER, 
	CONSTRAINT pk_articles PRIMARY KEY (id), 
	CONSTRAINT ck_articles_access CHECK (access IN ('free', 'metered', 'subscriber')), 
	CONSTRAINT ck_articles_published_precision CHECK (published_precision IN ('second', 'minute', 'day')), 
	CONSTRAINT ck_articles_time_zone_source CHECK (time_zone_source IN ('page', 'publisher', 'assumed')), 
	CONSTRAINT fk_articles_page_id FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_articles_publisher_id FOREIGN KEY(publisher_id) REFERENCES publishers (id), 
	CONSTRAINT uq_articles_key_sha256 UNIQUE (key_sha256), 
	CONSTRAINT uq_articles_url_sha256 UNIQUE (url_sha256)
);

CREATE INDEX ix_articles_page_id ON articles (page_id);

CREATE INDEX ix_articles_published_at ON articles (published_at);

CREATE INDEX ix_articles_published_date ON articles (published_date);

CREATE INDEX ix_articles_publisher_id ON articles (publisher_id);

CREATE INDEX ix_articles_url ON articles (url);

CREATE TABLE pages (
	id INTEGER NOT NULL, 
	load_run_id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	record TEXT, 
	url TEXT, 
	fetched_at TEXT, 
	media_type TEXT, 
	byte_size INTEGER, 
	sha256 TEXT, 
	status TEXT NOT NULL, 
	reason TEXT, 
	reason_code TEXT, 
	article_id INTEGER, 
	extraction_version TEXT NOT NULL, 
	CONSTRAINT pk_pages PRIMARY KEY (id), 
	CONSTRAINT ck_pages_reason_given CHECK ((status = 'rejected') = (reason IS NOT NULL)), 
	CONSTRAINT ck_pages_status CHECK (status IN ('loaded', 'updated', 'unchanged', 'superseded', 'rejected')), 
	CONSTRAINT fk_pages_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE SET NULL, 
	CONSTRAINT fk_pages_load_run_id FOREIGN KEY(load_run_id) REFERENCES load_runs (id) ON DELETE CASCADE
);

CREATE INDEX ix_pages_article_id ON pages (article_id);

CREATE INDEX ix_pages_load_run_id ON pages (load_run_id);

CREATE TABLE article_authors (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	credit TEXT, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	CONSTRAINT pk_article_authors PRIMARY KEY (article_id, position), 
	CONSTRAINT ck_article_authors_kind CHECK (kind IN ('person', 'organization')), 
	CONSTRAINT fk_article_authors_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_article_authors_author_id FOREIGN KEY(author_id) REFERENCES authors (id)
)
 WITHOUT ROWID

;

CREATE UNIQUE INDEX uq_article_authors_author_id_article_id ON article_authors (author_id, article_id);

CREATE TABLE article_tags (
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_article_tags PRIMARY KEY (article_id, position), 
	CONSTRAINT fk_article_tags_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_article_tags_tag_id FOREIGN KEY(tag_id) REFERENCES tags (id)
)
 WITHOUT ROWID

;

CREATE UNIQUE INDEX uq_article_tags_tag_id_article_id ON article_tags (tag_id, article_id);

CREATE TABLE related_links (
	id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	block TEXT NOT NULL, 
	heading TEXT, 
	position INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	url TEXT, 
	byline TEXT, 
	caption TEXT, 
	target_article_id INTEGER, 
	key_sha256 BLOB, 
	CONSTRAINT pk_related_links PRIMARY KEY (id), 
	CONSTRAINT ck_related_links_block CHECK (block IN ('most-read', 'opinion', 'related', 'recommended', 'latest', 'in-body')), 
	CONSTRAINT fk_related_links_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_related_links_target_article_id FOREIGN KEY(target_article_id) REFERENCES articles (id) ON DELETE SET NULL, 
	CONSTRAINT uq_related_links_article_id_block_position UNIQUE (article_id, block, position)
);

CREATE INDEX ix_related_links_key_sha256 ON related_links (key_sha256) WHERE key_sha256 IS NOT NULL;

CREATE INDEX ix_related_links_target_article_id ON related_links (target_article_id) WHERE target_article_id IS NOT NULL;

CREATE TABLE images (
	id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	url TEXT, 
	caption TEXT, 
	credit TEXT, 
	CONSTRAINT pk_images PRIMARY KEY (id), 
	CONSTRAINT fk_images_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT uq_images_article_id_position UNIQUE (article_id, position)
);

CREATE TABLE article_revisions (
	id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	page_id INTEGER, 
	seen_at TEXT, 
	title TEXT NOT NULL, 
	subtitle TEXT, 
	body TEXT NOT NULL, 
	updated_at TEXT, 
	body_sha256 TEXT NOT NULL, 
	fields JSON NOT NULL, 
	replaced BOOLEAN NOT NULL, 
	state_sha256 BLOB NOT NULL, 
	CONSTRAINT pk_article_revisions PRIMARY KEY (id), 
	CONSTRAINT fk_article_revisions_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_article_revisions_page_id FOREIGN KEY(page_id) REFERENCES pages (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_article_revisions_article_id_revision UNIQUE (article_id, revision), 
	CONSTRAINT uq_article_revisions_article_id_state_sha256 UNIQUE (article_id, state_sha256)
);

CREATE INDEX ix_article_revisions_page_id ON article_revisions (page_id);

CREATE TABLE known_pages (
	id INTEGER NOT NULL, 
	article_id INTEGER, 
	revision_id INTEGER, 
	digest BLOB NOT NULL, 
	sha256 TEXT NOT NULL, 
	addressed BOOLEAN NOT NULL, 
	markup BOOLEAN NOT NULL, 
	adoption_sha256 BLOB, 
	first_fetched_at TEXT, 
	last_fetched_at TEXT, 
	reason_code TEXT, 
	reason TEXT, 
	extraction_version TEXT NOT NULL, 
	CONSTRAINT pk_known_pages PRIMARY KEY (id), 
	CONSTRAINT fk_known_pages_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_known_pages_revision_id FOREIGN KEY(revision_id) REFERENCES article_revisions (id), 
	CONSTRAINT uq_known_pages_digest UNIQUE (digest)
);

CREATE INDEX ix_known_pages_adoption_sha256 ON known_pages (adoption_sha256);

CREATE INDEX ix_known_pages_article_id ON known_pages (article_id);

CREATE INDEX ix_known_pages_revision_id ON known_pages (revision_id);

CREATE VIRTUAL TABLE article_search USING fts5(
           title, subtitle, body, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE source_runs (
	id INTEGER NOT NULL, 
	load_run_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	finished_at TEXT NOT NULL, 
	status TEXT NOT NULL, 
	pages_seen INTEGER NOT NULL, 
	loaded INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	superseded INTEGER NOT NULL, 
	rejected INTEGER NOT NULL, 
	error TEXT, 
	CONSTRAINT pk_source_runs PRIMARY KEY (id), 
	CONSTRAINT fk_source_runs_load_run_id FOREIGN KEY(load_run_id) REFERENCES load_runs (id) ON DELETE CASCADE, 
	CONSTRAINT ck_source_runs_status CHECK (status IN ('succeeded', 'failed', 'interrupted'))
);

CREATE INDEX ix_source_runs_load_run_id ON source_runs (load_run_id);

CREATE TABLE visits (
	id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	fetched_at TEXT, 
	due_at TEXT NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	marker TEXT NOT NULL, 
	quiet INTEGER NOT NULL, 
	failures INTEGER NOT NULL, 
	url_sha256 BLOB NOT NULL, 
	CONSTRAINT pk_visits PRIMARY KEY (id), 
	CONSTRAINT uq_visits_url_sha256 UNIQUE (url_sha256)
);

CREATE TABLE run_coverage (
	publisher TEXT NOT NULL, 
	source TEXT NOT NULL, 
	field TEXT NOT NULL, 
	load_run_id INTEGER NOT NULL, 
	articles INTEGER NOT NULL, 
	filled INTEGER NOT NULL, 
	CONSTRAINT pk_run_coverage PRIMARY KEY (publisher, source, field, load_run_id), 
	CONSTRAINT fk_run_coverage_load_run_id FOREIGN KEY(load_run_id) REFERENCES load_runs (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE INDEX ix_run_coverage_load_run_id ON run_coverage (load_run_id);

CREATE TABLE article_stories (
	article_id INTEGER NOT NULL, 
	story_id INTEGER NOT NULL, 
	publisher_id INTEGER NOT NULL, 
	shingles INTEGER, 
	signature BLOB, 
	CONSTRAINT pk_article_stories PRIMARY KEY (article_id)
);

CREATE INDEX ix_article_stories_story_id ON article_stories (story_id);

CREATE TABLE article_similarity (
	article_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	similarity DOUBLE NOT NULL, 
	containment DOUBLE NOT NULL, 
	CONSTRAINT pk_article_similarity PRIMARY KEY (article_id, other_id), 
	CONSTRAINT fk_article_similarity_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
	CONSTRAINT fk_article_similarity_other_id FOREIGN KEY(other_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;

CREATE INDEX ix_article_similarity_other_id ON article_similarity (other_id);

CREATE TABLE story_bands (
	band BIGINT NOT NULL, 
	publisher_id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	CONSTRAINT pk_story_bands PRIMARY KEY (band, publisher_id, article_id)
)
 WITHOUT ROWID

;

CREATE TABLE story_queue (
	article_id INTEGER NOT NULL, 
	CONSTRAINT pk_story_queue PRIMARY KEY (article_id)
);

CREATE INDEX ix_articles_publisher_id_published_date ON articles (publisher_id, published_date, word_count, language);

CREATE INDEX ix_article_revisions_later ON article_revisions (article_id, revision) WHERE revision > 1;

CREATE INDEX ix_pages_rejected ON pages (load_run_id, reason_code) WHERE status = 'rejected';

CREATE INDEX ix_articles_published_date_publisher_id ON articles (published_date, publisher_id, word_count);

CREATE TABLE summary_months (
	month TEXT NOT NULL, 
	publisher_id INTEGER NOT NULL, 
	articles INTEGER NOT NULL, 
	words INTEGER NOT NULL, 
	published INTEGER NOT NULL, 
	subtitle INTEGER NOT NULL, 
	section INTEGER NOT NULL, 
	authors INTEGER NOT NULL, 
	tags INTEGER NOT NULL, 
	images INTEGER NOT NULL, 
	related_links INTEGER NOT NULL, 
	CONSTRAINT pk_summary_months PRIMARY KEY (month, publisher_id)
)
 WITHOUT ROWID

;

CREATE TABLE summary_authors (
	author_id INTEGER NOT NULL, 
	publisher_id INTEGER NOT NULL, 
	articles INTEGER NOT NULL, 
	words INTEGER NOT NULL, 
	first_date DATE, 
	last_date DATE, 
	CONSTRAINT pk_summary_authors PRIMARY KEY (author_id, publisher_id)
)
 WITHOUT ROWID

;

CREATE TABLE summary_tags (
	tag_id INTEGER NOT NULL, 
	articles INTEGER NOT NULL, 
	CONSTRAINT pk_summary_tags PRIMARY KEY (tag_id)
)
 WITHOUT ROWID

;

CREATE TABLE summary_tag_months (
	tag_id INTEGER NOT NULL, 
	month TEXT NOT NULL, 
	articles INTEGER NOT NULL, 
	CONSTRAINT pk_summary_tag_months PRIMARY KEY (tag_id, month)
)
 WITHOUT ROWID

;

CREATE TABLE summary_tag_pairs (
	tag_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	articles INTEGER NOT NULL, 
	CONSTRAINT pk_summary_tag_pairs PRIMARY KEY (tag_id, other_id)
)
 WITHOUT ROWID

;

CREATE TABLE summary_articles (
	article_id INTEGER NOT NULL, 
	publisher_id INTEGER NOT NULL, 
	published_date DATE, 
	word_count INTEGER NOT NULL, 
	published BOOLEAN NOT NULL, 
	subtitle BOOLEAN NOT NULL, 
	section BOOLEAN NOT NULL, 
	images BOOLEAN NOT NULL, 
	related_links BOOLEAN NOT NULL, 
	authors TEXT, 
	tags TEXT, 
	CONSTRAINT pk_summary_articles PRIMARY KEY (article_id)
);

CREATE TABLE summary_queue (
	article_id INTEGER NOT NULL, 
	CONSTRAINT pk_summary_queue PRIMARY KEY (article_id)
);

CREATE INDEX ix_summary_tag_months_month ON summary_tag_months (month);

CREATE INDEX ix_summary_tag_pairs_other_id ON summary_tag_pairs (other_id);

CREATE INDEX ix_summary_tag_pairs_articles ON summary_tag_pairs (articles) WHERE articles > 1;

CREATE INDEX ix_authors_name ON authors (name);

CREATE INDEX ix_tags_name ON tags (name);

CREATE TRIGGER article_search_insert AFTER INSERT ON articles BEGIN
           INSERT INTO article_search(rowid, title, subtitle, body) VALUES (new.id, new.title, new.subtitle, new.body);
       END;

CREATE TRIGGER article_search_delete AFTER DELETE ON articles BEGIN
           INSERT INTO article_search(article_search, rowid, title, subtitle, body)
           VALUES ('delete', old.id, old.title, old.subtitle, old.body);
       END;

CREATE TRIGGER article_search_update AFTER UPDATE OF title, subtitle, body ON articles
           WHEN old.title IS NOT new.title OR old.subtitle IS NOT new.subtitle OR old.body IS NOT new.body BEGIN
           INSERT INTO article_search(article_search, rowid, title, subtitle, body)
           VALUES ('delete', old.id, old.title, old.subtitle, old.body);
           INSERT INTO article_search(rowid, title, subtitle, body) VALUES (new.id, new.title, new.subtitle, new.body);
       END;

CREATE TRIGGER story_queue_insert AFTER INSERT ON articles BEGIN
           INSERT INTO story_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM story_queue WHERE article_id = new.id);
       END;

CREATE TRIGGER story_queue_update AFTER UPDATE OF body, publisher_id ON articles
           WHEN old.body IS NOT new.body OR old.publisher_id IS NOT new.publisher_id BEGIN
           INSERT INTO story_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM story_queue WHERE article_id = new.id);
       END;

CREATE TRIGGER story_queue_delete AFTER DELETE ON articles BEGIN
           INSERT INTO story_queue (article_id) SELECT old.id
           WHERE NOT EXISTS (SELECT 1 FROM story_queue WHERE article_id = old.id);
       END;

CREATE TRIGGER summary_queue_insert AFTER INSERT ON articles BEGIN
           INSERT INTO summary_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM summary_queue WHERE article_id = new.id);
       END;

CREATE TRIGGER summary_queue_update AFTER UPDATE OF content_sha256, publisher_id, published_at, published_date, subtitle, section, word_count ON articles WHEN old.content_sha256 IS NOT new.content_sha256 OR old.publisher_id IS NOT new.publisher_id OR old.published_at IS NOT new.published_at OR old.published_date IS NOT new.published_date OR old.subtitle IS NOT new.subtitle OR old.section IS NOT new.section OR old.word_count IS NOT new.word_count BEGIN
           INSERT INTO summary_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM summary_queue WHERE article_id = new.id);
       END;

CREATE TRIGGER summary_queue_delete AFTER DELETE ON articles BEGIN
           INSERT INTO summary_queue (article_id) SELECT old.id
           WHERE NOT EXISTS (SELECT 1 FROM summary_queue WHERE article_id = old.id);
       END;

CREATE VIEW link_graph AS 
        SELECT l.article_id AS from_article_id, f.title AS from_title, l.target_article_id AS to_article_id, t.title AS to_title,
               l.block, l.heading, l.position
        FROM related_links l JOIN articles f ON f.id = l.article_id JOIN articles t ON t.id = l.target_article_id;

CREATE VIEW load_health AS 
        SELECT r.id AS run_id, r.started_at, r.status, CAST(round((julianday(r.finished_at) - julianday(r.started_at)) * 86400) AS INTEGER) AS seconds, r.pages_seen, r.loaded, r.updated, r.unchanged,
               r.superseded, r.rejected,
               CASE WHEN r.pages_seen > 0 THEN CAST(r.rejected AS REAL) / r.pages_seen END AS rejected_share, r.error
        FROM load_runs r;

CREATE VIEW coverage_history AS
    SELECT c.load_run_id AS run_id, r.started_at, c.source, c.publisher, c.field, c.articles, c.filled,
           CAST(c.filled AS REAL) / c.articles AS share
    FROM run_coverage c JOIN load_runs r ON r.id = c.load_run_id;

CREATE VIEW article_overview AS
    SELECT a.id AS article_id, p.domain AS publisher, a.published_date, a.published_at, a.updated_at,
           datetime(a.published_at, coalesce(a.published_utc_offset, 0) || ' minutes') AS published_local, datetime(a.updated_at, coalesce(a.updated_utc_offset, 0) || ' minutes') AS updated_local, a.section,
           a.title, a.subtitle, (SELECT group_concat(name, ', ') FROM (SELECT x.name FROM article_authors x WHERE x.article_id = a.id ORDER BY x.position)) AS authors, (SELECT group_concat(name, ', ') FROM (SELECT x.name FROM article_tags x WHERE x.article_id = a.id ORDER BY x.position)) AS tags, a.language, a.word_count, a.access,
           (SELECT count(*) FROM related_links l WHERE l.article_id = a.id) AS links,
           (SELECT count(*) FROM images i WHERE i.article_id = a.id) AS images,
           (SELECT count(*) FROM article_revisions v WHERE v.article_id = a.id AND NOT v.replaced) AS revisions,
           a.url, a.key, (SELECT s.story_id FROM article_stories s WHERE s.article_id = a.id) AS story_id
    FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id;

CREATE VIEW stories AS
    SELECT n.story_id, n.articles, n.publishers, a.published_at AS first_published_at, p.domain AS first_publisher, a.title,
           n.last_published_at, a.id AS first_article_id
    FROM (SELECT s.story_id, count(*) AS articles, count(DISTINCT a.publisher_id) AS publishers,
                 max(a.published_at) AS last_published_at
          FROM (SELECT DISTINCT article_id FROM article_similarity) m CROSS JOIN article_stories s CROSS JOIN articles a
          WHERE s.article_id = m.article_id AND a.id = m.article_id GROUP BY s.story_id) n
         JOIN articles a ON a.id = (SELECT b.id FROM article_stories s JOIN articles b ON b.id = s.article_id
                                    WHERE s.story_id = n.story_id
                                    ORDER BY CASE WHEN b.published_at IS NULL THEN 1 ELSE 0 END, b.published_at, b.key LIMIT 1)
         LEFT JOIN publishers p ON p.id = a.publisher_id;

CREATE VIEW revision_changes AS
    SELECT n.article_id, n.revision, n.seen_at, round((julianday(n.seen_at) - julianday(a.published_at)) * 24, 2) AS hours_since_published,
           o.title AS old_title, n.title AS new_title,
           CASE WHEN o.title <> n.title THEN 1 ELSE 0 END AS title_changed,
           CASE WHEN o.body_sha256 <> n.body_sha256 THEN 1 ELSE 0 END AS body_changed,
           length(n.body) - length(o.body) AS body_growth
    FROM article_revisions n JOIN article_revisions o ON o.article_id = n.article_id AND o.revision =
             (SELECT max(b.revision) FROM article_revisions b
              WHERE b.article_id = n.article_id AND b.revision < n.revision AND NOT b.replaced)
         JOIN articles a ON a.id = n.article_id
    WHERE NOT n.replaced AND n.revision > 1;

CREATE VIEW articles_per_day AS 
        SELECT p.domain AS publisher, d.published_date, d.articles, d.words
        FROM (SELECT a.publisher_id, a.published_date, count(*) AS articles, sum(a.word_count) AS words FROM articles a
              WHERE a.published_date IS NOT NULL GROUP BY a.published_date, a.publisher_id) d
             LEFT JOIN publishers p ON p.id = d.publisher_id;

CREATE VIEW author_output AS 
        SELECT u.id AS author_id, u.name AS author, u.kind, p.domain AS publisher, s.articles, s.words, s.first_date, s.last_date
        FROM summary_authors s JOIN authors u ON u.id = s.author_id LEFT JOIN publishers p ON p.id = s.publisher_id;

CREATE VIEW tag_trend AS 
        SELECT g.slug, g.name AS tag, m.month, m.articles,
               CAST(m.articles AS REAL) / (SELECT sum(t.articles) FROM summary_months t WHERE t.month = m.month) AS share
        FROM summary_tag_months m JOIN tags g ON g.id = m.tag_id
        WHERE m.month <> '';

CREATE VIEW tag_pairs AS 
        SELECT a.name AS tag, b.name AS other_tag, c.articles,
               CAST(c.articles AS REAL) * (SELECT sum(t.articles) FROM summary_months t)
               / (CAST(n.articles AS REAL) * o.articles) AS lift
        FROM summary_tag_pairs c JOIN summary_tags n ON n.tag_id = c.tag_id JOIN summary_tags o ON o.tag_id = c.other_id
             JOIN tags a ON a.id = c.tag_id JOIN tags b ON b.id = c.other_id;

CREATE VIEW most_linked AS 
        SELECT t.id AS article_id, p.domain AS publisher, t.title, t.published_date,
               (SELECT count(DISTINCT l.article_id) FROM related_links l WHERE l.target_article_id = t.id) AS linked_from
        FROM articles t LEFT JOIN publishers p ON p.id = t.publisher_id
        WHERE EXISTS (SELECT 1 FROM related_links l WHERE l.target_article_id = t.id);

CREATE VIEW field_coverage AS 
        SELECT p.domain AS publisher, s.articles, CAST(s.published AS REAL) / s.articles AS published, CAST(s.subtitle AS REAL) / s.articles AS subtitle, CAST(s.section AS REAL) / s.articles AS section, CAST(s.authors AS REAL) / s.articles AS authors, CAST(s.tags AS REAL) / s.articles AS tags, CAST(s.images AS REAL) / s.articles AS images, CAST(s.related_links AS REAL) / s.articles AS related_links
        FROM (SELECT m.publisher_id, sum(m.articles) AS articles, sum(m.published) AS published, sum(m.subtitle) AS subtitle, sum(m.section) AS section, sum(m.authors) AS authors, sum(m.tags) AS tags, sum(m.images) AS images, sum(m.related_links) AS related_links
              FROM summary_months m GROUP BY m.publisher_id) s
             LEFT JOIN publishers p ON p.id = s.publisher_id;

INSERT INTO article_search (article_search, rank) VALUES ('automerge', 16);

INSERT INTO article_search (article_search, rank) VALUES ('crisismerge', 32);

INSERT INTO alembic_version VALUES ('0015');

