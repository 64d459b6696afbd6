package wxpay

import "context"

// Who did not look at the error of New has no client, and who did not ask WithCertificates has no source: an error beats a panic.

// unmade refuses a client that is nil or zero.
func (c *Client) unmade(operation string) error {
	if c == nil || c.private == nil {
		return &InvalidError{Operation: operation, Problem: "the client is nil, or was not made by New"}
	}
	return nil
}

// noContext refuses a context that is nil, which would panic far below.
func noContext(ctx context.Context, operation string) error {
	if ctx == nil {
		return &InvalidError{Operation: operation, Problem: "nil context; pass context.Background() if there is none"}
	}
	return nil
}

// unready refuses a client that was not made, and a nil context.
func (c *Client) unready(ctx context.Context, operation string) error {
	if err := c.unmade(operation); err != nil {
		return err
	}
	return noContext(ctx, operation)
}

// unready refuses a source that does not exist, and a nil context.
func (s *CertificateSource) unready(ctx context.Context) error {
	if s == nil || s.client == nil {
		return &InvalidError{Operation: certificatesName, Problem: "the client was made without WithCertificates"}
	}
	return noContext(ctx, certificatesName)
}
