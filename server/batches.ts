const most = 500;

/** What comes one by one, in arrays of so many, the last of which may be shorter; none is empty. */
export async function* batchesOf<Item>(items: AsyncIterable<Item>, size = most): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
