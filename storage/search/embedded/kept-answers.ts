import type { SearchAnswer, SearchRequest } from '../search-index.ts';

const most = 256;

/** Answers by what was asked, until the index changes: what many look for at once is looked up once. */
export class KeptAnswers {
  private readonly answers = new Map<string, Promise<SearchAnswer>>();

  /** @param find is handed the request as JSON */
  get(request: SearchRequest, find: (asked: string) => Promise<SearchAnswer>): Promise<SearchAnswer> {
    const asked = JSON.stringify(request);
    const known = this.answers.get(asked);
    if (known) {
      this.answers.delete(asked);
      this.answers.set(asked, known);
      return known;
    }
    const answer = find(asked);
    this.answers.set(asked, answer);
    answer.catch(() => {
      if (this.answers.get(asked) === answer) this.answers.delete(asked);
    });
    const [longestUnasked] = this.answers.keys();
    if (this.answers.size > most && longestUnasked !== undefined) this.answers.delete(longestUnasked);
    return answer;
  }

  clear(): void {
    this.answers.clear();
  }
}
