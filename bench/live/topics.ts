/** Topics in memory, whose followers get each message. */
export class Topics<Message> {
  readonly #followers = new Map<string, Set<(message: Message) => void>>();

  /** Number of followers of all topics. */
  get followers(): number {
    return [...this.#followers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  publish(topic: string, message: Message): void {
    for (const push of this.#followers.get(topic) ?? []) push(message);
  }

  /** Returns the messages of a topic from now on. */
  follow(topic: string): AsyncIterableIterator<Message> {
    const waiting: Message[] = [];
    let wake = () => {};
    const push = (message: Message) => {
      waiting.push(message);
      wake();
    };
    const followers = this.#followers.get(topic) ?? new Set();
    this.#followers.set(topic, followers.add(push));
    return (async function* () {
      try {
        for (;;) {
          if (waiting.length === 0)
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          yield* waiting.splice(0);
        }
      } finally {
        followers.delete(push);
      }
    })();
  }
}
