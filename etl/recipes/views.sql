-- An example for each view; see `etl/recipes/__init__.py` for the form.

-- ## article_overview
-- One row an article: publisher, dates, authors and tags joined in the page's order, number of words, links, images and revisions.
-- `published_at` and `updated_at` are UTC; `published_local` and `updated_local` are what the publisher's clock showed (where neither
-- its time zone nor an offset is known, the clock is taken to show UTC). `story_id` is shared by articles that tell one story in the
-- same words ([stories](stories.md)).
SELECT publisher, published_local, title, authors, word_count, links, revisions
FROM article_overview
WHERE published_date BETWEEN '2024-05-01' AND '2024-05-31' AND (language = 'de' OR revisions > 1)
ORDER BY published_local, title;

-- ## articles_per_day
-- Articles and words by publisher and day, the day as the publisher printed it.
SELECT publisher, published_date, articles, words
FROM articles_per_day
ORDER BY published_date DESC, publisher
LIMIT 5;

-- ## author_output
-- How much each author wrote for each publisher, and when.
SELECT author, publisher, articles, words, first_date, last_date
FROM author_output
WHERE kind = 'person'
ORDER BY articles DESC, words DESC, author
LIMIT 5;

-- ## tag_trend
-- Articles with a tag by month, and their share of all articles of that month.
SELECT tag, month, articles, share
FROM tag_trend
WHERE month = '2024-05'
ORDER BY articles DESC, slug
LIMIT 5;

-- ## tag_pairs
-- Tags that stand together, each pair once. `lift` says how many times more often than by chance. Most pairs stand in one article
-- only: `articles > 1` leaves these out.
SELECT tag, other_tag, articles, lift
FROM tag_pairs
WHERE articles > 1
ORDER BY articles DESC, lift DESC, tag, other_tag
LIMIT 5;

-- ## link_graph
-- Links from article to article, where both are loaded.
SELECT from_title, block, position, to_title
FROM link_graph
WHERE from_article_id IN (SELECT id FROM articles WHERE published_date BETWEEN '2024-05-01' AND '2024-05-07')
ORDER BY from_title, block, position;

-- ## most_linked
-- By how many other articles each article is linked, whenever these were published.
SELECT title, publisher, linked_from
FROM most_linked
WHERE published_date BETWEEN '2024-05-01' AND '2024-05-31'
ORDER BY linked_from DESC, title
LIMIT 5;

-- ## revision_changes
-- What changed from one state of an article to the next, and how long after publication the new state was seen. States that only
-- a newer version of news-etl read otherwise are no changes.
SELECT old_title, new_title, title_changed, body_changed, body_growth, hours_since_published
FROM revision_changes
ORDER BY article_id, revision
LIMIT 5;

-- ## load_health
-- One row a run: how long it took, what became of its pages.
SELECT run_id, status, pages_seen, loaded, updated, rejected, rejected_share
FROM load_health
ORDER BY run_id;

-- ## field_coverage
-- The share of each publisher's articles in which a field is filled, over all that the database holds now. What single runs read is
-- in `coverage_history`.
SELECT publisher, articles, published, authors, tags, images, related_links
FROM field_coverage
ORDER BY publisher
LIMIT 5;

-- ## coverage_history
-- The share of the articles read in a run that have a field: one row a field, publisher and configured source, from `run_coverage`.
-- Where `field_coverage` looks at the articles that the database holds, this looks at what pages gave when they were read: a drop
-- from one run to the next tells that a site's layout has changed (see [docs/cron.md](cron.md)).
SELECT run_id, publisher, field, articles, filled, share
FROM coverage_history
WHERE publisher = 'harbour-gazette.example' AND field IN ('authors', 'subtitle', 'tags', 'updated')
ORDER BY run_id, field;

-- ## stories
-- Stories that stand in more than one article, in the words of one text: agency stories and what others made of them ([how they are
-- found](stories.md)). Title and publisher are those of the article published first.
SELECT title, first_publisher, articles, publishers, first_published_at, last_published_at
FROM stories
ORDER BY articles DESC, first_published_at, title
LIMIT 5;
