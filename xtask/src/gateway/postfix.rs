use std::{
    fs, io,
    net::{TcpListener, TcpStream},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Seconds Postfix waits for the milter to answer for a whole message.
pub const PATIENCE: u64 = 5;

/// A Postfix of our own. Stopped when dropped.
pub struct Postfix {
    folder: PathBuf,
    pub port: u16,
}

impl Postfix {
    /// Starts it below `folder`, to deliver everything to the sink at `sink`.
    pub fn start(folder: &Path, sink: u16) -> Result<Self, String> {
        let port = free_port()?;
        let (config, queue, data) = (folder.join("config"), folder.join("queue"), folder.join("data"));
        for made in [&config, &queue, &data] {
            fs::create_dir_all(made).map_err(|error| format!("{}: {error}", made.display()))?;
        }
        run(Command::new("chown").arg("postfix").arg(&data))?;
        let shown = folder.display();
        let main = format!(
            "compatibility_level = 3.6\n\
             queue_directory = {shown}/queue\n\
             data_directory = {shown}/data\n\
             command_directory = /usr/sbin\n\
             daemon_directory = /usr/lib/postfix/sbin\n\
             mail_owner = postfix\n\
             setgid_group = postdrop\n\
             maillog_file = {shown}/log\n\
             maillog_file_prefixes = {shown}\n\
             myhostname = gateway.example.invalid\n\
             inet_interfaces = 127.0.0.1\n\
             inet_protocols = ipv4\n\
             mydestination =\n\
             alias_maps =\n\
             local_recipient_maps =\n\
             mynetworks = 127.0.0.0/8\n\
             relay_domains = example.invalid\n\
             relayhost = [127.0.0.1]:{sink}\n\
             smtpd_relay_restrictions = permit_mynetworks, reject\n\
             disable_dns_lookups = yes\n\
             smtp_dns_support_level = disabled\n\
             smtpd_peername_lookup = no\n\
             in_flow_delay = 0\n\
             local_header_rewrite_clients =\n\
             message_size_limit = 60000000\n\
             smtpd_milters = unix:{shown}/milter.sock\n\
             milter_default_action = tempfail\n\
             milter_connect_timeout = {PATIENCE}s\n\
             milter_command_timeout = {PATIENCE}s\n\
             milter_content_timeout = {PATIENCE}s\n"
        );
        // The services of Postfix's own master.cf that a relay uses, without chroot.
        let master = format!(
            "127.0.0.1:{port} inet n - n - - smtpd\n\
             pickup unix n - n 60 1 pickup\n\
             cleanup unix n - n - 0 cleanup\n\
             qmgr unix n - n 300 1 qmgr\n\
             rewrite unix - - n - - trivial-rewrite\n\
             bounce unix - - n - 0 bounce\n\
             defer unix - - n - 0 bounce\n\
             trace unix - - n - 0 bounce\n\
             proxymap unix - - n - - proxymap\n\
             smtp unix - - n - - smtp\n\
             relay unix - - n - - smtp\n\
             showq unix n - n - - showq\n\
             error unix - - n - - error\n\
             retry unix - - n - - error\n\
             anvil unix - - n - 1 anvil\n\
             scache unix - - n - 1 scache\n\
             postlog unix-dgram n - n - 1 postlogd\n"
        );
        for (name, text) in [("main.cf", main), ("master.cf", master)] {
            fs::write(config.join(name), text).map_err(|error| format!("{name}: {error}"))?;
        }
        let postfix = Self { folder: folder.to_path_buf(), port };
        run(postfix.command().arg("start"))?;
        wait_for(|| TcpStream::connect(("127.0.0.1", port))).map_err(|error| format!("Postfix: {error}"))?;
        Ok(postfix)
    }

    /// Where Postfix looks for the milter.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("milter.sock")
    }

    fn command(&self) -> Command {
        let mut command = Command::new("/usr/sbin/postfix");
        command.arg("-c").arg(self.folder.join("config"));
        command
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let _stopped = self.command().arg("abort").stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// A running milter. Killed when dropped.
pub struct Milter {
    process: Child,
}

impl Milter {
    /// Starts `program` on `socket` and waits until it answers.
    pub fn start(program: &Path, socket: &Path, options: &[&str]) -> Result<Self, String> {
        let _left_by_one_that_was_killed = fs::remove_file(socket);
        let mut command = Command::new(program);
        command.arg("-p").arg(format!("unix:{}", socket.display())).args(options).stderr(Stdio::null());
        let process = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut milter = Self { process };
        match wait_for(|| UnixStream::connect(socket)) {
            Ok(()) => {
                // Postfix's own user connects.
                let everyone = fs::Permissions::from_mode(0o666);
                fs::set_permissions(socket, everyone).map_err(|error| error.to_string())?;
                Ok(milter)
            }
            Err(error) => Err(match milter.process.try_wait() {
                Ok(Some(status)) => format!("the milter ended: {status}"),
                _ => format!("the milter does not answer: {error}"),
            }),
        }
    }

    /// Sends it a signal by name: `STOP`, `CONT`, `KILL`.
    pub fn signal(&self, name: &str) -> Result<(), String> {
        run(Command::new("kill").arg(format!("-{name}")).arg(self.process.id().to_string()))
    }

    /// Resident memory in KiB.
    pub fn resident(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Milter {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// A port nobody listens on.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

/// Waits until `connect` reaches something.
fn wait_for<T>(connect: impl Fn() -> io::Result<T>) -> Result<(), String> {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match connect() {
            Ok(_) => return Ok(()),
            Err(error) if Instant::now() > until => return Err(error.to_string()),
            Err(_) => thread::sleep(Duration::from_millis(20)),
        }
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
}
