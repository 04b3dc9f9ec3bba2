import { Component, type ReactNode } from 'react';

/** Shows a message in place of content that failed to render. */
export class Failure extends Component<{ children: ReactNode }, { message?: string }> {
  override state: { message?: string } = {};

  static getDerivedStateFromError(error: Error) {
    return { message: error.message };
  }

  override render() {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return <p className="hint error">This panel cannot be shown: {message}. Reload the page to try again.</p>;
  }
}
