/** Value of an expression at one time; undefined if there is no data. */
export type Expression = (lookUp: (id: string) => number | undefined) => number | undefined;

type Operator = (left: number, right: number) => number;

const truth = (holds: boolean) => (holds ? 1 : 0);

/** Binary operators by precedence, the weakest first. */
const OPERATORS: Record<string, Operator>[] = [
  { '||': (a, b) => truth(a !== 0 || b !== 0), OR: (a, b) => truth(a !== 0 || b !== 0) },
  { '&&': (a, b) => truth(a !== 0 && b !== 0), AND: (a, b) => truth(a !== 0 && b !== 0) },
  {
    '>=': (a, b) => truth(a >= b),
    '<=': (a, b) => truth(a <= b),
    '==': (a, b) => truth(a === b),
    '!=': (a, b) => truth(a !== b),
    '>': (a, b) => truth(a > b),
    '<': (a, b) => truth(a < b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

/** Functions: they decide about missing data themselves. */
const FUNCTIONS: Record<string, { arity: number[]; of: (...values: Expression[]) => Expression }> = {
  IF: {
    arity: [2, 3],
    of: (condition, then, otherwise) => (lookUp) => {
      const holds = condition?.(lookUp);
      return holds === undefined ? undefined : holds !== 0 ? then?.(lookUp) : otherwise?.(lookUp);
    },
  },
  FILL: { arity: [2], of: (value, filler) => (lookUp) => value?.(lookUp) ?? filler?.(lookUp) },
};

const TOKEN = /\s*(>=|<=|==|!=|&&|\|\||[-+*/(),<>]|\d+(?:\.\d+)?|[A-Za-z_]\w*)\s*/y;

/**
 * Compiles an expression of CloudWatch's metric math: numbers, ids, operators, `IF` and `FILL` with a number. Throws an error on
 * anything else. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function metricMath(text: string): Expression {
  const parser = new Parser(tokensOf(text), text);
  return parser.parse();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error(`Metric math "${text}" is not supported at "${text.slice(start)}".`);
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  readonly #tokens: string[];
  readonly #text: string;

  constructor(tokens: string[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  parse(): Expression {
    const expression = this.#binary(0);
    if (this.#tokens.length > 0) throw this.#error();
    return expression;
  }

  #binary(precedence: number): Expression {
    const operators = OPERATORS[precedence];
    if (!operators) return this.#unary();
    let left = this.#binary(precedence + 1);
    for (;;) {
      const operator = Object.hasOwn(operators, this.#tokens[0] ?? '') && operators[this.#tokens[0] ?? ''];
      if (!operator) return left;
      this.#tokens.shift();
      left = apply(operator, left, this.#binary(precedence + 1));
    }
  }

  #unary(): Expression {
    if (this.#tokens[0] !== '-') return this.#primary();
    this.#tokens.shift();
    return apply(
      (zero, value) => zero - value,
      () => 0,
      this.#unary(),
    );
  }

  #primary(): Expression {
    const token = this.#tokens.shift() ?? '';
    if (/^\d/.test(token)) return () => Number(token);
    if (token === '(') {
      const inner = this.#binary(0);
      this.#expect(')');
      return inner;
    }
    if (this.#tokens[0] === '(') return this.#call(token);
    // Ids of metrics begin with a lower-case letter.
    if (!/^[a-z]/.test(token)) throw this.#error();
    return (lookUp) => lookUp(token);
  }

  #call(name: string): Expression {
    const called = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!called) throw this.#error();
    this.#expect('(');
    const values = [this.#binary(0)];
    while (this.#tokens[0] === ',') {
      this.#tokens.shift();
      values.push(this.#binary(0));
    }
    this.#expect(')');
    if (!called.arity.includes(values.length)) throw this.#error();
    return called.of(...values);
  }

  #expect(token: string): void {
    if (this.#tokens.shift() !== token) throw this.#error();
  }

  #error(): Error {
    return new Error(`Metric math "${this.#text}" is not supported.`);
  }
}

/** Without data on one side there is no result, nor is there for a division by zero. */
function apply(operator: Operator, left: Expression, right: Expression): Expression {
  return (lookUp) => {
    const [a, b] = [left(lookUp), right(lookUp)];
    const result = a === undefined || b === undefined ? undefined : operator(a, b);
    return Number.isFinite(result) ? result : undefined;
  };
}
