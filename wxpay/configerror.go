package wxpay

import "fmt"

// ConfigError is one fault of the arguments of [New]. New joins all of them; [errors.As] finds the
// first.
type ConfigError struct {
	// "Config.APIv3Key", "Config.PlatformCerts[0]", or the name of an option, "WithTimeout"
	Field string
	Err   error // what is wrong; a *KeyError for a platform key or certificate
}

// Error names the field and its fault, and never the value of a secret field.
func (e *ConfigError) Error() string { return "wxpay: " + e.Field + ": " + e.Err.Error() }

// Unwrap returns the fault.
func (e *ConfigError) Unwrap() error { return e.Err }

func configFault(field, format string, args ...any) error {
	return &ConfigError{Field: field, Err: fmt.Errorf(format, args...)}
}

// KeyError says that a key or certificate cannot be used: its file is unreadable, it is no valid
// PEM, it is no RSA key, it is not of 2048 to 8192 bits, or it is the merchant's own where WeChat
// Pay's is wanted.
type KeyError struct {
	File   string // of the key or certificate, if it came from one
	Serial string // of the platform key or certificate, if known
	Err    error
}

// Error names file or serial, and the fault; never anything of a private key.
func (e *KeyError) Error() string {
	if e.File != "" {
		return "wxpay: " + e.File + ": " + e.Err.Error()
	}
	return e.Err.Error()
}

// Unwrap returns the fault.
func (e *KeyError) Unwrap() error { return e.Err }
