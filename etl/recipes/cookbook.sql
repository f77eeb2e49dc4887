-- Questions of analysts; see `etl/recipes/__init__.py` for the form. The text of each runs on SQLite and PostgreSQL alike.

-- ## articles_per_author_and_month: Who wrote how much in which month?
-- The month is that of the day as the publisher printed it. `article_authors` holds a row for each author of a story, so a story
-- of two authors counts for both. Over the whole archive, without months: `author_output`.
SELECT u.name AS author, substr(CAST(a.published_date AS text), 1, 7) AS month, count(*) AS articles, sum(a.word_count) AS words
FROM articles a
JOIN article_authors x ON x.article_id = a.id
JOIN authors u ON u.id = x.author_id
WHERE a.published_date BETWEEN '2024-04-01' AND '2024-06-30' AND u.kind = 'person'
GROUP BY u.id, u.name, substr(CAST(a.published_date AS text), 1, 7)
ORDER BY articles DESC, words DESC, author
LIMIT 5;

-- ## headlines_changed_within_an_hour: Which headlines were changed within an hour?
-- `hours_since_published` says when the new state was seen; the publisher may have made it some time before.
SELECT old_title, new_title, body_growth, hours_since_published
FROM revision_changes
WHERE title_changed = 1 AND hours_since_published <= 1
ORDER BY hours_since_published, article_id, revision;

-- ## who_links_to_whom: Who links to whom?
-- Links are counted from author to author, from the stories of a month to whatever is loaded; a link between stories of several
-- authors counts for each of them. `GROUP BY` the publishers instead to see which sites link to each other.
SELECT u.name AS from_author, v.name AS to_author, count(*) AS links
FROM articles a
JOIN related_links l ON l.article_id = a.id
JOIN article_authors x ON x.article_id = a.id
JOIN article_authors y ON y.article_id = l.target_article_id
JOIN authors u ON u.id = x.author_id
JOIN authors v ON v.id = y.author_id
WHERE a.published_date BETWEEN '2024-05-01' AND '2024-05-31'
GROUP BY u.id, u.name, v.id, v.name
ORDER BY links DESC, from_author, to_author
LIMIT 8;

-- ## stories_of_a_day: What appeared on one day?
-- In the order of publication; `published_at` is UTC.
SELECT published_at, publisher, title
FROM article_overview
WHERE published_date = '2024-05-08'
ORDER BY published_at, publisher;

-- ## tags_on_the_rise: Which tags are on the rise?
-- The share of a tag among the articles of the newest month, against its share in all months before. A tag never seen before has
-- no earlier share.
SELECT tag, articles, share, share_before
FROM (SELECT n.tag, n.articles, n.share,
             CAST((SELECT sum(b.articles) FROM tag_trend b WHERE b.slug = n.slug AND b.month < '2024-05') AS double precision)
             / (SELECT count(*) FROM articles WHERE published_date < '2024-05-01') AS share_before
      FROM tag_trend n
      WHERE n.month = '2024-05' AND n.articles > 1) shares
ORDER BY share - coalesce(share_before, 0) DESC, tag
LIMIT 10;

-- ## tags_beside_a_tag: What else are the stories with a tag about?
-- `tag_pairs` holds each pair once, so the tag can stand on either side.
SELECT beside, articles, lift
FROM (SELECT other_tag AS beside, articles, lift FROM tag_pairs WHERE tag = 'Storm'
      UNION ALL
      SELECT tag, articles, lift FROM tag_pairs WHERE other_tag = 'Storm') pairs
ORDER BY articles DESC, lift DESC, beside
LIMIT 10;

-- ## most_read: What do the lists of most-read stories show most often?
-- On the pages of a month. By headline: a story that is listed need not be loaded. `best` is its highest place.
SELECT l.title, count(DISTINCT l.article_id) AS lists, min(l.position) AS best
FROM articles a
JOIN related_links l ON l.article_id = a.id
WHERE a.published_date BETWEEN '2021-11-01' AND '2021-11-30' AND l.block = 'most-read'
GROUP BY l.title
ORDER BY lists DESC, best, l.title
LIMIT 5;

-- ## stories_that_grew: Which stories were rewritten, and by how much?
-- Those of a month, from the first state seen to the current one, in characters of the body.
SELECT a.title, count(*) AS changes, sum(c.body_growth) AS growth, max(c.hours_since_published) AS hours
FROM articles a
JOIN revision_changes c ON c.article_id = a.id
WHERE a.published_date BETWEEN '2024-05-01' AND '2024-05-31' AND c.body_changed = 1
GROUP BY a.id, a.title
ORDER BY growth DESC, a.title
LIMIT 10;

-- ## stories_that_mention: Which stories mention a word?
-- This reads the bodies of a month. `news-etl search` reads no body: it asks the full-text index, of all months, and ranks.
SELECT a.published_date, p.domain AS publisher, a.title
FROM articles a
JOIN publishers p ON p.id = a.publisher_id
WHERE a.published_date BETWEEN '2024-05-01' AND '2024-05-31' AND lower(a.body) LIKE '%ferry%'
ORDER BY a.published_date, a.title;

-- ## who_writes_together: Who writes together?
-- In the stories of a month; each pair once.
SELECT u.name AS author, v.name AS with_author, count(*) AS articles
FROM articles a
JOIN article_authors x ON x.article_id = a.id
JOIN article_authors y ON y.article_id = a.id AND y.position > x.position
JOIN authors u ON u.id = x.author_id
JOIN authors v ON v.id = y.author_id
WHERE a.published_date BETWEEN '2024-05-01' AND '2024-05-31'
GROUP BY u.id, u.name, v.id, v.name
ORDER BY articles DESC, author, with_author
LIMIT 10;

-- ## stories_with_gaps: Which stories lack authors, tags or pictures?
-- Of those of a month. A story can truly have none; a site of which all stories lack them (`field_coverage`) has rather changed its
-- layout.
SELECT publisher, title,
       CASE WHEN authors IS NULL THEN 'none' ELSE 'yes' END AS has_authors,
       CASE WHEN tags IS NULL THEN 'none' ELSE 'yes' END AS has_tags,
       CASE WHEN images = 0 THEN 'none' ELSE 'yes' END AS has_images
FROM article_overview
WHERE published_date BETWEEN '2024-05-01' AND '2024-05-31' AND (authors IS NULL OR tags IS NULL OR images = 0)
ORDER BY publisher, title;

-- ## length_by_publisher: How long are the stories of each publisher?
-- Words by Unicode word boundaries, so languages without spaces count too.
SELECT p.domain AS publisher, min(a.language) AS language, count(*) AS articles, sum(a.word_count) / count(*) AS words,
       max(a.word_count) AS longest
FROM articles a
JOIN publishers p ON p.id = a.publisher_id
GROUP BY p.domain
ORDER BY words DESC, publisher
LIMIT 5;

-- ## promoted_columnists: Whose columns do the pages promote?
-- The by-lines printed in blocks of opinion on the pages of a month, with the best place they had.
SELECT l.byline, count(*) AS links, count(DISTINCT l.title) AS columns, min(l.position) AS best
FROM articles a
JOIN related_links l ON l.article_id = a.id
WHERE a.published_date BETWEEN '2021-11-01' AND '2021-11-30' AND l.block = 'opinion' AND l.byline IS NOT NULL
GROUP BY l.byline
ORDER BY links DESC, l.byline
LIMIT 10;

-- ## where_dates_come_from: Where were the dates of publication found?
-- Those of a month's stories. `articles.origins` says it for every field of every article; `time_zone_source` tells whether the zone
-- is known or assumed.
SELECT origins ->> 'published' AS found_in, published_precision, time_zone_source, count(*) AS articles
FROM articles
WHERE published_date BETWEEN '2024-05-01' AND '2024-05-31'
GROUP BY origins ->> 'published', published_precision, time_zone_source
ORDER BY articles DESC, found_in, published_precision, time_zone_source;

-- ## pages_not_loaded: Which pages were not loaded, and why?
-- `reason_code` is the word to count by ([all of them](reasons.md)); `reason` is a sentence about the page.
SELECT load_run_id AS run, reason_code, count(*) AS pages, min(reason) AS example
FROM pages
WHERE status = 'rejected'
GROUP BY load_run_id, reason_code
ORDER BY run, pages DESC, reason_code;
