//! Tests of Rust code on an emulated IBM Z host: a client of "vfioap serve" without any crate.
//! With serde_json the part below "JSON" is not needed. docs/serve.md describes the requests.
//!
//!     VFIOAP=./vfioap; rustc --test -o /tmp/example vfioap.rs && /tmp/example
//!
//! The program is found by the variable VFIOAP or in PATH.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running "vfioap serve"; its machines end with it.
pub struct Vfioap {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// What was refused; errno is the name of the error number, if there is one.
#[derive(Debug)]
pub struct Refused {
    pub errno: String,
    pub text: String,
}

impl Vfioap {
    pub fn start() -> std::io::Result<Vfioap> {
        let program = std::env::var("VFIOAP").unwrap_or_else(|_| "vfioap".to_string());
        let mut process = Command::new(program)
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = process.stdin.take();
        let mut output = BufReader::new(process.stdout.take().expect("it is piped"));
        output.read_line(&mut String::new())?; // the greeting
        Ok(Vfioap { process, input, output })
    }

    /// Does a request, whose members are pairs of a name and a text, and returns the result.
    pub fn ask(&mut self, what: &str, members: &[(&str, &str)]) -> Result<Json, Refused> {
        let mut request = format!("{{\"do\":{}", quoted(what));
        for (name, value) in members {
            request += &format!(",{}:{}", quoted(name), quoted(value));
        }
        self.send(&(request + "}\n"))
    }

    /// Does a request that is a line of JSON.
    pub fn send(&mut self, line: &str) -> Result<Json, Refused> {
        let input = self.input.as_mut().expect("it is open until this is dropped");
        input.write_all(line.as_bytes()).expect("vfioap serve reads");
        let mut answer = String::new();
        self.output.read_line(&mut answer).expect("vfioap serve answers");
        assert!(!answer.is_empty(), "vfioap serve ended");
        let answer = Json::parse(&answer);
        match answer.get("error") {
            None => Ok(answer.get("ok").cloned().unwrap_or(Json::Null)),
            Some(error) => Err(Refused {
                errno: error.text("errno"),
                text: error.text("text"),
            }),
        }
    }
}

impl Drop for Vfioap {
    fn drop(&mut self) {
        self.input.take(); // The end of its input ends it.
        let _ = self.process.wait();
    }
}

// JSON

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Other(String), // a number, true or false, as it was written
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

fn quoted(text: &str) -> String {
    let mut all = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => all.extend(['\\', c]),
            c if c < ' ' => all += &format!("\\u{:04x}", c as u32),
            c => all.push(c),
        }
    }
    all + "\""
}

impl Json {
    pub fn parse(text: &str) -> Json {
        Json::value(&mut text.chars().peekable())
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(n, _)| n == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// Returns a member that is a text; an empty one if it is none.
    pub fn text(&self, name: &str) -> String {
        match self.get(name) {
            Some(Json::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }

    fn value(chars: &mut std::iter::Peekable<std::str::Chars>) -> Json {
        match chars.next() {
            Some('"') => Json::Text(Json::string(chars)),
            Some('[') => {
                let mut all = Vec::new();
                while chars.next_if_eq(&']').is_none() {
                    chars.next_if_eq(&',');
                    all.push(Json::value(chars));
                }
                Json::Array(all)
            }
            Some('{') => {
                let mut all = Vec::new();
                while chars.next_if_eq(&'}').is_none() {
                    chars.next_if_eq(&',');
                    chars.next(); // the quote before the name
                    let name = Json::string(chars);
                    chars.next(); // the colon
                    all.push((name, Json::value(chars)));
                }
                Json::Object(all)
            }
            Some(first) => {
                let mut word = String::from(first);
                while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || "+-.".contains(*c)) {
                    word.push(c);
                }
                if word == "null" { Json::Null } else { Json::Other(word) }
            }
            None => Json::Null,
        }
    }

    fn string(chars: &mut std::iter::Peekable<std::str::Chars>) -> String {
        let mut text = String::new();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => match chars.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('u') => {
                        let digits: String = chars.by_ref().take(4).collect();
                        let code = u32::from_str_radix(&digits, 16).unwrap_or(0xfffd);
                        text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                    }
                    Some(other) => text.push(other),
                    None => break,
                },
                c => text.push(c),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATRIX: &str = "/sys/devices/vfio_ap/matrix";
    const MDEV: &str = "62177883-f1bb-47f0-914d-32a22e3a8804";

    fn write(host: &mut Vfioap, path: &str, value: &str) -> Result<Json, Refused> {
        host.ask("write", &[("path", path), ("value", value)])
    }

    #[test]
    fn reserved_queue_is_refused() -> Result<(), Refused> {
        let mut host = Vfioap::start().expect("vfioap is in PATH or in VFIOAP");
        host.ask("boot", &[("machine", "document")])?;
        let create = format!("{MATRIX}/mdev_supported_types/vfio_ap-passthrough/create");
        write(&mut host, &create, MDEV)?;
        write(&mut host, &format!("{MATRIX}/{MDEV}/assign_adapter"), "5")?;

        let refused = write(&mut host, &format!("{MATRIX}/{MDEV}/assign_domain"), "4");

        assert_eq!(refused.unwrap_err().errno, "EADDRNOTAVAIL");
        Ok(())
    }

    #[test]
    fn guest_gets_its_queue() -> Result<(), Refused> {
        let mut host = Vfioap::start().expect("vfioap is in PATH or in VFIOAP");
        host.ask("boot", &[("machine", "document")])?;
        write(&mut host, "/sys/bus/ap/apmask", "-5")?;
        let create = format!("{MATRIX}/mdev_supported_types/vfio_ap-passthrough/create");
        write(&mut host, &create, MDEV)?;
        write(&mut host, &format!("{MATRIX}/{MDEV}/assign_adapter"), "5")?;
        write(&mut host, &format!("{MATRIX}/{MDEV}/assign_domain"), "4")?;
        host.send(&format!("{{\"do\":\"guest\",\"name\":\"g\",\"mdevs\":[\"{MDEV}\"]}}\n"))?;

        let queues = host.ask("queues", &[("guest", "g")])?;

        let expected = Json::Array(vec![Json::Text("05.0004".to_string())]);
        assert_eq!(queues.get("apqns"), Some(&expected));
        Ok(())
    }
}
