package mock

// Pending is how many jobs wait for their time.
func (e *Engine) Pending() int { return e.clock.Pending() }
