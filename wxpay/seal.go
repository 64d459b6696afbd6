package wxpay

import (
	"fmt"

	"github.com/wxgen/wxgen/wxpay/gen"
	"github.com/wxgen/wxgen/wxpay/internal/fault"
)

// Seal encrypts the fields that secrets walks over with the platform's key, and sets that key's
// serial on the call. Generated methods pass a copy of the request, so the caller's stays
// unchanged.
func (c *Client) Seal(call *gen.Call, secrets func(*gen.Secrets), opts ...CallOption) error {
	if err := c.unmade(call.Name); err != nil {
		return err
	}
	w := c.walkers.Get().(*sealer)
	defer c.dismiss(w)
	w.keys, w.clock = c.keys, c.now
	if len(opts) > 0 {
		w.serial = newCallSettings(opts).serial
	}
	w.walk(secrets)
	if w.fault != nil && w.fault.Err == fault.ErrNotUTF8 {
		return garbled(call.Name, w.fault.Field)
	}
	if w.fault != nil {
		if w.fault.Operation = call.Name; w.fault.Err == ErrNoKey && c.certificates != nil {
			w.fault.Err = errNoDownload
		}
		return w.fault
	}
	if w.serial != "" {
		call.Serial = w.serial
	}
	return nil
}

// errNoDownload is an ErrNoKey that names a mend: sealing does no I/O, so it cannot download.
var errNoDownload = fmt.Errorf("%w: no certificate was downloaded yet; call "+
	"Client.Certificates().Refresh first", ErrNoKey)

// Encrypt seals one value with the preferred platform key, for calls without generated code. Such a
// call names the key with [WithSerial] and [Secret.Serial].
func (c *Client) Encrypt(clear string) (Secret, error) {
	s := NewSecret(clear)
	call := gen.Call{Name: "wxpay.Encrypt"}
	err := c.Seal(&call, func(w *gen.Secrets) { w.Field("value", &s) })
	return s, err
}

// Decrypt opens one value of a reply, for calls without generated code.
func (c *Client) Decrypt(ciphertext string) (Secret, error) {
	if err := c.unmade("wxpay.Decrypt"); err != nil {
		return Secret{}, err
	}
	s := SealedSecret(ciphertext)
	if faults := c.openSecrets(func(w *gen.Secrets) { w.Field("value", &s) }); len(faults) > 0 {
		return Secret{}, &DecodeError{Fields: faults}
	}
	return s, nil
}

// openSecrets decrypts the fields that secrets walks over. It returns the fields that do not open,
// which keep their ciphertext.
func (c *Client) openSecrets(secrets func(*gen.Secrets)) []FieldError {
	w := c.walkers.Get().(*sealer)
	defer c.dismiss(w)
	w.decrypter, w.open = c.private.Load().decrypter, true
	w.walk(secrets)
	return w.faults
}

// dismiss clears w for the next walk, and keeps its hash.
func (c *Client) dismiss(w *sealer) {
	*w = sealer{hash: w.hash}
	if w.hash != nil {
		w.hash.Reset()
	}
	c.walkers.Put(w)
}
