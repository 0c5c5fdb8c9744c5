/** A queue in which the lowest number is served first (a binary heap). */
export class PriorityQueue<T> {
  readonly #items: { readonly priority: number; readonly item: T }[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(item: T, priority: number): void {
    const items = this.#items;
    let at = items.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent];
      if (!above || above.priority <= priority) break;
      items[at] = above;
      at = parent;
    }
    items[at] = { priority, item };
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || items.length === 0) return first?.item;
    let at = 0;
    for (;;) {
      const left = items[2 * at + 1];
      const right = items[2 * at + 2];
      const child = right && left && right.priority < left.priority ? 2 * at + 2 : 2 * at + 1;
      const below = items[child];
      if (!below || below.priority >= last.priority) break;
      items[at] = below;
      at = child;
    }
    items[at] = last;
    return first.item;
  }
}
