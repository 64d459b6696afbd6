package wxpay

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// A program may log a Config, a Client or an Error. The log must hold no keys and no replies, so
// each of them prints its name or message alone. Encoders of YAML, TOML, XML and MessagePack call
// MarshalText, and encoding/gob calls MarshalBinary. An encoder that calls neither finds no field
// to print, except the APIv3 key of a Config, which is a string.

// String returns the caller's number alone.
func (cfg Config) String() string { return "wxpay.Config(" + printed(cfg.MchID, cfg.BrandID) + ")" }

// Format prints the caller's number alone, whatever the verb.
func (cfg Config) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, cfg.String()) }

// LogValue returns the caller's number alone, for slog.
func (cfg Config) LogValue() slog.Value { return slog.StringValue(cfg.String()) }

// MarshalJSON writes the caller's number and serial alone.
func (cfg Config) MarshalJSON() ([]byte, error) {
	if cfg.BrandID != "" {
		return wire.Append(nil, map[string]string{"BrandID": cfg.BrandID, "SerialNo": cfg.SerialNo})
	}
	return wire.Append(nil, map[string]string{"MchID": cfg.MchID, "SerialNo": cfg.SerialNo})
}

// MarshalText writes what String returns.
func (cfg Config) MarshalText() ([]byte, error) { return []byte(cfg.String()), nil }

// MarshalBinary writes what String returns.
func (cfg Config) MarshalBinary() ([]byte, error) { return cfg.MarshalText() }

// String returns the caller's number alone.
func (c *Client) String() string {
	if c == nil {
		return "wxpay.Client(nil)"
	}
	return "wxpay.Client(" + printed(c.mchID, c.brandID) + ")"
}

// Format prints the caller's number alone, whatever the verb.
func (c *Client) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue returns the caller's number alone, for slog.
func (c *Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText writes what String returns.
func (c *Client) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// MarshalBinary writes what String returns.
func (c *Client) MarshalBinary() ([]byte, error) { return c.MarshalText() }

// printed names the brand's or the merchant's number.
func printed(mchID, brandID string) string {
	if brandID != "" {
		return "brand " + brandID
	}
	return mchID
}

// Format prints what Error returns, whatever the verb.
func (e Error) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, e.Error()) }

// LogValue returns what Error returns, for slog.
func (e Error) LogValue() slog.Value { return slog.StringValue(e.Error()) }

// MarshalJSON writes what Error returns, as a string.
func (e Error) MarshalJSON() ([]byte, error) { return wire.AppendText(nil, []byte(e.Error())), nil }

// MarshalText writes what Error returns.
func (e Error) MarshalText() ([]byte, error) { return []byte(e.Error()), nil }

// MarshalBinary writes what Error returns.
func (e Error) MarshalBinary() ([]byte, error) { return e.MarshalText() }

// Format prints what Error returns, whatever the verb.
func (e PanicError) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, e.Error()) }

// LogValue returns what Error returns, for slog.
func (e PanicError) LogValue() slog.Value { return slog.StringValue(e.Error()) }

// MarshalJSON writes what Error returns, as a string.
func (e PanicError) MarshalJSON() ([]byte, error) {
	return wire.AppendText(nil, []byte(e.Error())), nil
}

// MarshalText writes what Error returns.
func (e PanicError) MarshalText() ([]byte, error) { return []byte(e.Error()), nil }

// MarshalBinary writes what Error returns.
func (e PanicError) MarshalBinary() ([]byte, error) { return e.MarshalText() }
