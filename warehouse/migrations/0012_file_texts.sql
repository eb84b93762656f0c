-- The words of linked PDFs by page.  Known by the file's bytes: the same file under several pages or addresses is kept
-- once, and which of them a page linked at a moment is said by store.documents.

create table store.file_texts (
    sha256 varchar primary key,
    pages varchar[] not null,
    snapshot_id integer not null
);
comment on table store.file_texts is 'The words of a linked file, one element for each of its pages in their order.';
