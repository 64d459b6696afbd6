package wxpay

// WithoutValidation sends requests that their Validate would refuse, for a client or for one call:
// the description may be older than WeChat Pay. The client still checks path values, since an empty
// one would name another path, and values that cannot be sent at all.
func WithoutValidation() ClientCallOption {
	return bothOption{
		func(s *settings) { s.unvalidated = true },
		func(s *callSettings) { s.unvalidated = true },
	}
}

// Checked returns the error of a request's Validate; nil for a client or a call made
// [WithoutValidation]. Generated methods call it.
func (c *Client) Checked(invalid error, opts ...CallOption) error {
	if invalid == nil || c != nil && c.unvalidated || newCallSettings(opts).unvalidated {
		return nil
	}
	return invalid
}
