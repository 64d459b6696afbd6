package wxpay

import "fmt"

// ConfigError is one fault of what [New] was given. New joins all of them; [errors.As] finds the
// first.
type ConfigError struct {
	// "Config.APIv3Key", "Config.PlatformCerts[0]", or the name of an option, "WithTimeout"
	Field string
	Err   error // what is wrong; a *KeyError for a platform key or certificate
}

// Error names the field and what is wrong with it, never its value if that is secret.
func (e *ConfigError) Error() string { return "wxpay: " + e.Field + ": " + e.Err.Error() }

// Unwrap returns what is wrong.
func (e *ConfigError) Unwrap() error { return e.Err }

func configFault(field, format string, args ...any) error {
	return &ConfigError{Field: field, Err: fmt.Errorf(format, args...)}
}

// KeyError says that a key or certificate cannot be used: its file cannot be read, it is no valid
// PEM, no RSA key, not of 2048 to 8192 bits, or the merchant's own where WeChat Pay's is wanted.
type KeyError struct {
	File   string // that it was read from, if it was
	Serial string // of the platform key or certificate, if known
	Err    error
}

// Error names file or serial, and what is wrong; never anything of a private key.
func (e *KeyError) Error() string {
	if e.File != "" {
		return "wxpay: " + e.File + ": " + e.Err.Error()
	}
	return e.Err.Error()
}

// Unwrap returns what is wrong.
func (e *KeyError) Unwrap() error { return e.Err }
