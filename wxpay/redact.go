package wxpay

import (
	"fmt"
	"io"
	"log/slog"
)

// Keys must not reach a log because somebody prints a Config or a Client: these print who it is, and nothing else. Package fmt
// asks none of them for %p, nor for a Config in an unexported field; a Client keeps its keys behind pointers for that.

// String returns the caller's number alone.
func (cfg Config) String() string { return "wxpay.Config(" + printed(cfg.MchID, cfg.BrandID) + ")" }

// Format prints the caller's number alone, whatever the verb.
func (cfg Config) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, cfg.String()) }

// LogValue is what slog prints: the caller's number alone.
func (cfg Config) LogValue() slog.Value { return slog.StringValue(cfg.String()) }

// MarshalJSON writes the caller's number and serial alone.
func (cfg Config) MarshalJSON() ([]byte, error) {
	if cfg.BrandID != "" {
		return appendJSON(nil, map[string]string{"BrandID": cfg.BrandID, "SerialNo": cfg.SerialNo})
	}
	return appendJSON(nil, map[string]string{"MchID": cfg.MchID, "SerialNo": cfg.SerialNo})
}

// String returns the caller's number alone.
func (c *Client) String() string {
	if c == nil {
		return "wxpay.Client(nil)"
	}
	return "wxpay.Client(" + printed(c.mchID, c.brandID) + ")"
}

// Format prints the caller's number alone, whatever the verb.
func (c *Client) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue is what slog prints: the caller's number alone.
func (c *Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// printed tells a brand's number from a merchant's.
func printed(mchID, brandID string) string {
	if brandID != "" {
		return "brand " + brandID
	}
	return mchID
}

// An Error has fields that may hold personal data, and the reply's signature. Whoever prints it, in whatever way, sees what Error says.

// Format prints what Error returns, whatever the verb.
func (e Error) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, e.Error()) }

// LogValue is what slog prints: what Error returns.
func (e Error) LogValue() slog.Value { return slog.StringValue(e.Error()) }

// MarshalJSON writes what Error returns, as a string.
func (e Error) MarshalJSON() ([]byte, error) { return appendText(nil, []byte(e.Error())), nil }
